import * as z from 'zod/mini';
import { FixSchema } from './fix';

/** Text of one line: a name from somebody's kernel.json is printed in terminals too. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** A Python kernel of this machine, as the server's side finds it in its kernel specs. */
export const KernelSchema = z.pipe(
  z.object({
    name: z.string(),
    displayName: z.catch(z.string(), ''),
    /** Absolute; links are followed only where Python itself follows them, so that its environment can be told from it. */
    executable: z.string().check(z.startsWith('/')),
    /** What the kernel spec sets of the variables that pip and uv read, with `${VAR}` filled in. */
    env: z.pipe(
      z.catch(z.record(z.string(), z.unknown()), {}),
      z.transform(env =>
        Object.fromEntries(
          Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
        )
      )
    ),
    /** The kernel.json that says so. */
    file: z.catch(z.optional(z.string()), undefined)
  }),
  z.transform(({ displayName, file, ...kernel }) => ({
    ...kernel,
    displayName: oneLine(displayName || kernel.name),
    ...(file !== undefined && { file })
  }))
);

export type Kernel = z.infer<typeof KernelSchema>;

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
