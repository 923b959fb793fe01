import * as z from 'zod/mini';
import { ConnectionSchema } from './connection';
import { FileSchema } from './file';
import { KernelPipSchema } from './kernel';
import { PhraseSchema } from './phrase';
import { RungSchema } from './rung';
import { VERDICTS } from './verdict';

/**
 * What somebody else, or time, has to mend: from the first check that failed to the one that passed again. The engine
 * goes on checking meanwhile, whether or not a page is open.
 */
export const OutageSchema = z.object({
  /** When a check failed first, ISO 8601. It stays while one failure follows another. */
  since: z.string(),
  /** When the next check is due, ISO 8601; absent when it is repaired, or when only a click helps. From then on each `checkSeconds`. */
  nextCheckAt: z.optional(z.string()),
  /** How long the engine waits between two checks; absent when it is repaired. */
  checkSeconds: z.optional(z.number()),
  /** When a check passed again, ISO 8601. It stays until the next failure or Disconnect. */
  repairedAt: z.optional(z.string())
});

export type Outage = z.infer<typeof OutageSchema>;

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
  /** The server's alone: since when something is broken that is checked again by itself, or when it was repaired. */
  outage: z.optional(OutageSchema),
  /** A run is under way, whose checks `rungs` shows so far: the verdict is not one yet. Left out otherwise. */
  running: z.optional(z.boolean()),
  /** `--dry-run`: what would change, as a unified diff with the token redacted. */
  preview: z.optional(z.string()),
  /** The server's alone: how the English texts above were made, for other languages. */
  phrases: z.optional(z.array(PhraseSchema)),
  /** When the answer was made, ISO 8601. */
  at: z.optional(z.string())
});

export type Document = z.infer<typeof DocumentSchema>;
