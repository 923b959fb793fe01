import type { ITimer } from '../diagnosis/next-check';
import { ENDING_MS } from './view-state';

export const BROWSER_TIMER: ITimer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

/** Follows the token's time: what is shown changes when it is about to end, and when it has ended. */
export class TokenClock {
  constructor(timer: ITimer, onSoon: () => void, onEnd: () => void) {
    this._timer = timer;
    this._onSoon = onSoon;
    this._onEnd = onEnd;
  }

  /** @param end in milliseconds since the epoch; NaN while there is no token */
  set(end: number): void {
    this._cancel();
    const now = this._timer.now();
    const soon = end - ENDING_MS;
    if (soon > now) {
      this._cancel = this._timer.after(soon - now, () => {
        this._onSoon();
        this.set(end);
      });
    } else if (end > now) {
      this._cancel = this._timer.after(end - now + 1, this._onEnd);
    }
  }

  dispose(): void {
    this._cancel();
  }

  private readonly _timer: ITimer;
  private readonly _onSoon: () => void;
  private readonly _onEnd: () => void;
  private _cancel: () => void = () => undefined;
}
