import * as z from 'zod/mini';
import { FixSchema } from './fix';

/** A Python kernel of this machine, as the server's side finds it in its kernel specs. */
export interface Kernel {
  readonly name: string;
  readonly displayName: string;
  /** Absolute; links are followed only where Python itself follows them, so that its environment can be told from it. */
  readonly executable: string;
  /** What the kernel spec sets of the variables that pip and uv read, with `${VAR}` filled in. */
  readonly env: Readonly<Record<string, string>>;
  /** The kernel.json that says so. */
  readonly file?: string;
}

/** What the pip of one kernel (`%pip`) will really use. */
export const KernelPipSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  /** The kernel's environment (`sys.prefix`), whose pip.conf this pip alone reads. */
  prefix: z.string(),
  /** Whether its pip (and uv, if chosen) uses the connection. */
  effective: z.boolean(),
  /** Where pip takes its index from: a file's path or a variable's name; none when it is pip's own default. */
  source: z.optional(z.string()),
  /** What wins over the connection: a file with its line, or a variable, in words. */
  shadowedBy: z.array(z.string()),
  fix: z.optional(FixSchema)
});

export type KernelPip = z.infer<typeof KernelPipSchema>;
