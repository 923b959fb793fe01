import * as React from 'react';
import type { Facts } from '../view/facts';
import { isRunning } from '../view/path';

/** How often the words change: tenths of a second while something runs, seconds while something counts. */
function period(facts: Facts): number {
  const state = facts.document?.connection?.state;
  if (facts.busy?.shown || state === 'connecting' || isRunning(facts.document)) {
    return 100;
  }
  const counts =
    facts.nextCheckAt !== null ||
    facts.fixedAt !== null ||
    facts.problem?.restartAt !== undefined ||
    facts.document?.verdict === 'throttled';
  // Minutes are shown for the token: four looks a minute keep them honest.
  return counts ? 1000 : 15_000;
}

/** The time, as often as what is shown needs it; still while the page is hidden. */
export function useNow(facts: Facts): number {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  const ms = period(facts);
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
