import { nextTurn } from '../core/settings/fleet-turn';
import { type Clock, ENDED } from '../runtime/runtime';
import { trans } from '../core/say';

/** The wait of an automatic connect for its notebook's turn. */
export interface FleetWait {
  /** True when the turn has come; false when somebody clicked meanwhile. */
  readonly turn: (fleetSize: number) => Promise<boolean>;
  /** Somebody clicks: a click never waits. */
  readonly end: () => void;
  /** What the panel says meanwhile; nothing when nobody waits. */
  readonly notes: () => readonly string[];
}

export function createFleetWait(clock: Clock, fraction: number): FleetWait {
  let waiting = new AbortController();
  let until: { readonly at: number; readonly fleetSize: number } | null = null;
  return {
    async turn(fleetSize) {
      const mine = (waiting = new AbortController());
      const at = nextTurn({ fleetSize, fraction }, clock.now());
      const wait = (until = at > clock.now() ? { at, fleetSize } : null);
      await clock.sleep(at - clock.now(), mine.signal).catch(() => undefined);
      until = until === wait ? null : until;
      return !mine.signal.aborted;
    },
    end: () => waiting.abort(ENDED),
    notes: () =>
      until
        ? [
            trans.__(
              'Connects by itself at %1 UTC, in turn with the other %2 notebooks (fleetSize). Connect does not wait.',
              new Date(until.at).toISOString().slice(11, 19),
              until.fleetSize - 1
            )
          ]
        : []
  };
}
