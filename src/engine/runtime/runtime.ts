/** Why a wait is over that is no longer needed: one for all, because an error with its stack is dear. */
export const ENDED = new Error('ended');

/** Time and chance, handed in so that tests own them. */
export interface Clock {
  /** Wall time, in milliseconds since the epoch: for expiry. */
  now(): number;
  /** Monotonic time, in milliseconds: for durations and deadlines. */
  ticks(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Everything of the process that the engine reads, in one place. */
export interface Runtime {
  readonly clock: Clock;
  /** A number in [0, 1), for jitter; Math.random where none is handed in. */
  readonly random?: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home; empty when the system knows none. */
  readonly home: string;
  /** The folder we were called from, whose project files uv reads; unknown when it is gone. */
  readonly cwd?: string;
  readonly platform: string;
  /** One line to stderr, already free of secrets. */
  readonly log: (line: string) => void;
}
