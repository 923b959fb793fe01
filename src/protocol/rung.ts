import * as z from 'zod/mini';
import { CHECK_IDS } from './checks';
import { FixSchema } from './fix';
import { CHECK_VERDICTS } from './verdict';

export { CHECK_IDS, type CheckId } from './checks';
export { CHECK_VERDICTS, type CheckVerdict } from './verdict';
export type { AddressClass, PolicyType } from './messages/evidence';

/** A check as the JSON tells it: the ladder's rung is the contract's word, in the code a check is a check. */
export const RungSchema = z.object({
  id: z.enum(CHECK_IDS),
  title: z.string(),
  verdict: z.enum(CHECK_VERDICTS),
  /** How long it took, in milliseconds; so far, while it runs. */
  ms: z.number(),
  summary: z.string(),
  /** Facts behind the verdict, never a secret. design.md fixes the names of the main ones. */
  evidence: z.record(z.string(), z.unknown()),
  /** The rung this one waits on, when it was not reached. */
  because: z.optional(z.enum(CHECK_IDS)),
  /** A rung that is `ok` may still have something to say (one of three addresses is dead). */
  warning: z.optional(z.string()),
  fix: z.optional(FixSchema)
});

export type Rung = z.infer<typeof RungSchema>;
