import * as z from 'zod/mini';
import { PhraseSchema } from './phrase';
import { RungSchema } from './rung';
import { VERDICTS } from './verdict';

/** A repository as the picker shows it. */
export const RepositorySchema = z.object({
  domain: z.string(),
  domainOwner: z.string(),
  name: z.string(),
  description: z.string(),
  upstreams: z.array(z.string()),
  /** Such as `public:pypi`. */
  externalConnections: z.array(z.string())
});

export type Repository = z.infer<typeof RepositorySchema>;

/** What `repositories` answers. */
export const RepositoriesSchema = z.object({
  schema: z.literal(1),
  verdict: z.enum(VERDICTS),
  summary: z.string(),
  domains: z.array(z.object({ name: z.string(), owner: z.string() })),
  repositories: z.array(RepositorySchema),
  /** There are more than were asked for. */
  more: z.optional(z.boolean()),
  rungs: z.optional(z.array(RungSchema)),
  /** The server's alone: how the English texts above were made, for other languages. */
  phrases: z.optional(z.array(PhraseSchema))
});

export type Repositories = z.infer<typeof RepositoriesSchema>;

/** What `packages` answers. */
export const PackagesSchema = z.object({
  schema: z.literal(1),
  verdict: z.enum(VERDICTS),
  summary: z.string(),
  packages: z.array(
    z.object({
      name: z.string(),
      /** Latest first; filled when one package is asked for by its exact name. */
      versions: z.array(
        z.object({ version: z.string(), status: z.string(), publishedAt: z.optional(z.string()) })
      )
    })
  ),
  /** There are more than these: a longer query finds them. */
  more: z.optional(z.boolean()),
  rungs: z.optional(z.array(RungSchema)),
  /** The server's alone: how the English texts above were made, for other languages. */
  phrases: z.optional(z.array(PhraseSchema))
});

export type Packages = z.infer<typeof PackagesSchema>;
