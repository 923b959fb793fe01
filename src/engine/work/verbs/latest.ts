import type { Document } from '../../../protocol/document';
import type { File } from '../../../protocol/file';
import type { Rung } from '../../../protocol/rung';
import type { Verdict } from '../../../protocol/verdict';
import type { Clock } from '../../outside/world/world';
import type { State } from '../../pure/connection/state';
import { view } from '../../pure/connection/view';
import type { Failure } from '../../pure/verdicts/failure';
import { answer } from './answer';
import { stateSentence } from './sentences';

/** Events tell "something changed"; more often than this nobody can read. */
const LIVE_EVERY_MS = 50;

interface Result {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly rungs?: readonly Rung[];
  readonly files?: readonly File[];
  readonly notes?: readonly string[];
}

/** What the last run came to, and what the one under way shows so far. */
export interface Latest {
  readonly begin: () => void;
  /** Live rungs; answers whether it is time to tell others. */
  readonly rungs: (rungs: readonly Rung[]) => boolean;
  readonly end: (result: Result) => void;
  /** A result without rungs, such as Disconnect's. */
  readonly tell: (result: Result) => void;
  readonly clear: () => void;
  readonly document: (state: State, failure: Failure | null, notes: readonly string[]) => Document;
}

export function createLatest(clock: Clock): Latest {
  let live: readonly Rung[] | null = null;
  let last: Result | null = null;
  let told = 0;

  function document(state: State, failure: Failure | null, notes: readonly string[]): Document {
    const at = clock.now();
    const connection = view(state, at);
    const common = { connection, files: last?.files ?? [], notes: [...notes, ...(last?.notes ?? [])], at };
    if (failure) {
      return answer({ ...common, verdict: failure.verdict, summary: failure.summary, rungs: last?.rungs });
    }
    if (live) {
      return answer({ ...common, verdict: 'ok', summary: stateSentence(connection), rungs: live });
    }
    if (last && last.verdict !== 'ok') {
      return answer({ ...common, verdict: last.verdict, summary: last.summary, rungs: last.rungs });
    }
    const over = connection?.state === 'expired';
    const summary = connection || !last ? stateSentence(connection) : last.summary;
    return answer({ ...common, verdict: over ? 'expired_credentials' : 'ok', summary, rungs: last?.rungs });
  }

  return {
    begin: () => {
      live = [];
      told = clock.ticks();
    },
    rungs: rungs => {
      live = rungs;
      const due = clock.ticks() - told >= LIVE_EVERY_MS;
      told = due ? clock.ticks() : told;
      return due;
    },
    end: result => {
      live = null;
      last = { ...result, files: result.files ?? last?.files };
    },
    tell: result => {
      live = null;
      last = result;
    },
    clear: () => {
      live = null;
      last = null;
    },
    document
  };
}
