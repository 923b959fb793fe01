import type { Outcome } from '../core/failure';
import type { Secret } from '../core/secret/secret';

/** What every answer carries, for the rung's evidence. */
export interface Answer {
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** The `Date` header, milliseconds since the epoch: tells a wrong clock. */
  readonly serverTime?: number;
  /** Which attempt was answered, where it was not the first. */
  readonly attempts?: number;
}

export interface Domain {
  readonly domain: string;
  /** Empty: the caller's own account. */
  readonly domainOwner: string;
}

export interface Named extends Domain {
  readonly repository: string;
}

/** One page of a listing; `nextToken` is absent on the last. */
export interface Page<T> extends Answer {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface DomainSummary {
  readonly name: string;
  readonly owner: string;
  readonly status: string;
}

export interface RepositorySummary {
  readonly name: string;
  readonly domain: string;
  readonly domainOwner: string;
  readonly description: string;
}

export interface RepositoryDetail extends RepositorySummary, Answer {
  readonly upstreams: readonly string[];
  readonly externalConnections: readonly string[];
}

export interface VersionSummary {
  readonly version: string;
  readonly status: string;
}

type Call<I, O> = (input: I, signal: AbortSignal) => Promise<Outcome<O>>;

/** The closed list: every call this product makes to AWS CodeArtifact. Nothing else exists. */
export interface AwsCalls {
  /** `durationSeconds` 0: as long as the role's session. */
  getAuthorizationToken: Call<
    Domain & { readonly durationSeconds: number },
    Answer & { readonly token: Secret; /** Milliseconds since the epoch. */ readonly expiresAt: number }
  >;
  /** The repository's pypi endpoint. */
  getRepositoryEndpoint: Call<Named, Answer & { readonly url: string }>;
  describeRepository: Call<Named, RepositoryDetail>;
  listDomains: Call<{ readonly nextToken?: string }, Page<DomainSummary>>;
  listRepositories: Call<{ readonly nextToken?: string }, Page<RepositorySummary>>;
  listRepositoriesInDomain: Call<Domain & { readonly nextToken?: string }, Page<RepositorySummary>>;
  /** `prefix` empty: all. `most` in one page, up to 1000. */
  listPackages: Call<
    Named & { readonly prefix: string; readonly most: number; readonly nextToken?: string },
    Page<{ readonly name: string }>
  >;
  /** Latest first; `most` in one page, up to 1000. */
  listPackageVersions: Call<
    Named & { readonly name: string; readonly most: number; readonly nextToken?: string },
    Page<VersionSummary>
  >;
}
