/** What the soaking process is started with, in the variable `SOAK`. */
export interface SoakOptions {
  /** The emulator's environment for a client. */
  readonly env: Record<string, string>;
  readonly seed: number;
  /** Simulated, at least. */
  readonly hours: number;
  /** Real, at least. */
  readonly seconds: number;
  /** 0: days of mixed calls; else the growth by each kind of call is measured with so many calls. */
  readonly callsOfEachKind: number;
  /** Then objects are counted before and after so many calls of each kind, in turn. */
  readonly mixedCalls: number;
}

/** A reading after garbage collection. */
export interface Window {
  /** Simulated hours since the start. */
  readonly hours: number;
  readonly calls: number;
  /** Renewals that came due and were made. */
  readonly renewals: number;
  /** Bytes in use. */
  readonly heap: number;
  /** Open file descriptors. */
  readonly descriptors: number;
}

export interface Growth {
  /** Bytes of live heap that one call of a kind leaves behind. */
  readonly bytes: Record<string, number>;
  /** By class, how many objects more there are after so many calls of each kind. */
  readonly objects: Record<string, number>;
}

/** What the process tells or asks; each is answered before it goes on. */
export type Question =
  | { readonly kind: 'minted' }
  | { readonly kind: 'shift'; readonly ms: number }
  | { readonly kind: 'window'; readonly window: Window }
  | { readonly kind: 'growth'; readonly growth: Growth }
  | { readonly kind: 'end'; readonly descriptors: number };

/** Tokens that AWS has handed out so far. */
export interface Answer {
  readonly minted: number;
}
