/** While red: after 10 s, 30 s, then every 60 s, so that a repair shows soon and AWS is not called often. */
export const RED_DELAYS_MS: readonly number[] = [10_000, 30_000, 60_000];

/** While green: once a minute, and only while the panel is visible. */
export const GREEN_DELAY_MS = 60_000;

/** A first failure while green is confirmed soon, before anything turns red. */
export const CONFIRM_DELAY_MS = 10_000;

export type Colour = 'red' | 'green' | 'doubtful' | 'none';

export interface ITimer {
  now(): number;
  /** Calls back once after `ms`; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export interface IPoller {
  /** To be called after every check, the user's own too, with the colour that the path now has. */
  checked(colour: Colour): void;
  /** Whether the panel is visible. */
  setVisible(visible: boolean): void;
  /** When the next check is due, in the timer's milliseconds; null when none is. */
  readonly nextAt: number | null;
  dispose(): void;
}

/** Decides when a path is checked again without a click: `check` is called then, and `changed` when `nextAt` is. */
export function createPoller(timer: ITimer, check: () => void, changed: () => void): IPoller {
  let colour: Colour = 'none';
  /** Checks since the path turned red. */
  let count = 0;
  let nextAt: number | null = null;
  let visible = false;
  let cancel: () => void = () => undefined;

  const arm = (): void => {
    cancel();
    if (nextAt !== null && visible) {
      // A check that became due while the panel was hidden is made at once when it is shown again.
      cancel = timer.after(Math.max(0, nextAt - timer.now()), () => {
        nextAt = null;
        changed();
        check();
      });
    }
  };
  const wait = (): number | null => {
    switch (colour) {
      case 'red':
        return RED_DELAYS_MS[Math.min(count, RED_DELAYS_MS.length - 1)];
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
    checked: next => {
      count = next === 'red' && colour === 'red' ? count + 1 : 0;
      colour = next;
      const ms = wait();
      nextAt = ms === null ? null : timer.now() + ms;
      arm();
      changed();
    },
    setVisible: next => {
      if (next !== visible) {
        visible = next;
        arm();
      }
    },
    dispose: () => {
      cancel();
      nextAt = null;
    }
  };
}
