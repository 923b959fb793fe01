import * as React from 'react';
import type { Store } from '../connection/store';
import { isRunning } from '../diagnosis/path';

/** How often the words change: tenths of a second while something runs, seconds while something counts. */
function period(store: Store): number {
  const state = store.document?.connection?.state;
  if (store.busy?.shown || state === 'connecting' || isRunning(store.document)) {
    return 100;
  }
  const counts =
    store.nextCheckAt !== null ||
    store.fixedAt !== null ||
    store.problem?.restartAt !== undefined ||
    store.document?.verdict === 'throttled';
  // Minutes are shown for the token: four looks a minute keep them honest.
  return counts ? 1000 : 15_000;
}

/** The time, as often as what is shown needs it; still while the page is hidden. */
export function useNow(store: Store): number {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  const ms = period(store);
  React.useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const next = (): void => {
      timer = setTimeout(() => {
        if (document.visibilityState !== 'hidden') {
          tick();
        }
        next();
      }, ms);
    };
    next();
    return () => clearTimeout(timer);
  }, [ms]);
  return Date.now();
}
