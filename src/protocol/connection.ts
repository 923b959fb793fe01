import * as z from 'zod/mini';

export const CONNECTION_STATES = [
  'disconnected',
  'connecting',
  'connected',
  'refreshing',
  'expired',
  'failed'
] as const;

export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** A connection as callers see it: never the token, never a URL with credentials. */
export const ConnectionSchema = z.object({
  state: z.enum(CONNECTION_STATES),
  domain: z.string(),
  domainOwner: z.string(),
  repository: z.string(),
  region: z.string(),
  /** The index pip uses, without credentials; absent until it is known. */
  indexUrl: z.optional(z.string()),
  /** When the token ends, ISO 8601; absent until there is one. */
  expiresAt: z.optional(z.string()),
  /** When it is renewed by itself, ISO 8601; absent when it is not. */
  refreshAt: z.optional(z.string()),
  /** Why the last renewal or attempt failed, while an older token still serves. */
  trouble: z.optional(
    z.object({
      verdict: z.string(),
      summary: z.string(),
      /** Since when, ISO 8601. */
      since: z.string()
    })
  )
});

export type Connection = z.infer<typeof ConnectionSchema>;
