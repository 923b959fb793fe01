/** A repository that a cell, pasted instructions or a form names. Empty strings where nothing was named. */
export interface IChoice {
  readonly domain: string;
  readonly domainOwner: string;
  readonly repository: string;
  readonly region: string;
  /** The AWS profile, where the text names one. */
  readonly profile?: string;
}

/** What a text says of a repository. */
export interface ILogin {
  /** The repository; null where its domain or its name is not written there. */
  readonly choice: IChoice | null;
  /** What of its names only the running program knows: `$DOMAIN`, `{repo}`, `$(…)`. */
  readonly missing: readonly string[];
}
