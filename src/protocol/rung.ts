import * as z from 'zod/mini';
import { FixSchema } from './fix';
import { VERDICTS } from './verdict';

/** The steps of the diagnosis ladder, in the order in which they are shown. Stable ids. */
export const CHECK_IDS = [
  'environment',
  'credentials',
  'dns.api',
  'tcp.api',
  'tls.api',
  'http.api',
  'token',
  'endpoint',
  'dns.repository',
  'tcp.repository',
  'tls.repository',
  'index',
  'tools',
  's3'
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/**
 * A rung's verdict: one of the product's verdicts; `skipped` when it was not reached
 * (`because` names the rung it waits on) or not needed; `waiting` and `running` only while a
 * run is under way.
 */
export const CHECK_VERDICTS = [...VERDICTS, 'skipped', 'waiting', 'running'] as const;

export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

export type AddressClass = 'private' | 'public' | 'loopback';

export type PolicyType =
  'identity' | 'vpc_endpoint' | 'resource' | 'scp' | 'rcp' | 'boundary' | 'session' | 'unknown';

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
