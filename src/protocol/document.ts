import * as z from 'zod/mini';
import { ConnectionSchema } from './connection';
import { FileSchema } from './file';
import { KernelPipSchema } from './kernel';
import { RungSchema } from './rung';
import { VERDICTS } from './verdict';

/**
 * The one document that `--json` prints, that `GET state` and every POST answer with, and that
 * the panel shows. Nothing in it is secret.
 */
export const DocumentSchema = z.object({
  schema: z.literal(1),
  verdict: z.enum(VERDICTS),
  /** One plain sentence. */
  summary: z.string(),
  /** Null when there is none. */
  connection: z.nullable(ConnectionSchema),
  rungs: z.array(RungSchema),
  files: z.array(FileSchema),
  /** What the pip of each kernel will use; left out where no kernel is known or nothing was looked at. */
  kernels: z.optional(z.array(KernelPipSchema)),
  /** Sentences the user should see beside the verdict, such as "Your value of … is not used". */
  notes: z.optional(z.array(z.string())),
  /** A run is under way, whose checks `rungs` shows so far: the verdict is not one yet. Left out otherwise. */
  running: z.optional(z.boolean()),
  /** `--dry-run`: what would change, as a unified diff with the token redacted. */
  preview: z.optional(z.string()),
  /** When the answer was made, ISO 8601. */
  at: z.optional(z.string())
});

export type Document = z.infer<typeof DocumentSchema>;
