/**
 * "Press Check again, or just wait": when a path is looked at again by itself. One small machine with
 * its time handed in; it knows neither the panel nor the server.
 */

/** While red: at 10 s, 30 s, then every 60 s: soon after somebody mends it, and gentle on AWS (design.md). */
export const RED_DELAYS_MS: readonly number[] = [10_000, 30_000, 60_000];

/** While green: one quiet look a minute, and only while the panel is seen. */
export const GREEN_DELAY_MS = 60_000;

/** A first failure behind a green path is looked at again soon, before anything turns red. */
export const CONFIRM_DELAY_MS = 10_000;

export type Colour = 'red' | 'green' | 'doubtful' | 'none';

export interface Timer {
  now(): number;
  /** Calls back once after `ms`; returns how to take that back. */
  after(ms: number, callback: () => void): () => void;
}

export interface Poller {
  /** Told after every look, the user's own too: what colour the path has now. */
  saw(colour: Colour): void;
  /** The panel came into view, or left it. */
  visible(seen: boolean): void;
  /** When it looks next, in the timer's milliseconds; null when it does not. */
  readonly nextAt: number | null;
  dispose(): void;
}

export function createPoller(timer: Timer, look: () => void, changed: () => void): Poller {
  let colour: Colour = 'none';
  /** Looks since the path turned red. */
  let looks = 0;
  let nextAt: number | null = null;
  let seen = false;
  let cancel: () => void = () => undefined;

  const arm = (): void => {
    cancel();
    if (nextAt !== null && seen) {
      // Due while it was out of sight: look at once when it comes back.
      cancel = timer.after(Math.max(0, nextAt - timer.now()), () => {
        nextAt = null;
        changed();
        look();
      });
    }
  };
  const wait = (): number | null => {
    switch (colour) {
      case 'red':
        return RED_DELAYS_MS[Math.min(looks, RED_DELAYS_MS.length - 1)];
      case 'doubtful':
        return CONFIRM_DELAY_MS;
      case 'green':
        return GREEN_DELAY_MS;
      case 'none':
        return null;
    }
  };
  return {
    get nextAt() {
      return nextAt;
    },
    saw: next => {
      looks = next === 'red' && colour === 'red' ? looks + 1 : 0;
      colour = next;
      const ms = wait();
      nextAt = ms === null ? null : timer.now() + ms;
      arm();
      changed();
    },
    visible: now => {
      if (now !== seen) {
        seen = now;
        arm();
      }
    },
    dispose: () => {
      cancel();
      nextAt = null;
    }
  };
}
