import { inspect } from '../tools/inspect';
import { readOnce } from '../tools/one-reading';
import type { ConnectionService } from './connection-service';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { damagedNote, grantFrom, readState, stampOf } from './load-connection';
import type { ConnectionRecord } from '../tools/record';
import type { ResultStore } from './result-store';
import { trans } from '../core/say';

/** The stamp when there is no state file. */
const NO_RECORD = '';

/**
 * Keeps a session true to the state file, which other processes write too: the command line beside the server, or
 * this server before its restart.
 */
export interface RecordSync {
  /** Takes over what has been written since the last look; nothing while an attempt runs. */
  readonly catchUp: (dataDir: string) => Promise<void>;
  /** The same beside an attempt: another process has put an end to it. */
  readonly read: (dataDir: string) => Promise<void>;
  /** What this session has just written; null when it has removed the file. */
  readonly wrote: (record: ConnectionRecord | null) => void;
  /** Of the files as they are known here: what begins is based on it, so that a Disconnect not seen yet is final. */
  readonly generation: () => number;
  /** The generation of the last Disconnect that is known here. */
  readonly disconnectedAt: () => number;
  readonly hasRecord: () => boolean;
  /** What to show of a state file that is of no use. */
  readonly notes: () => readonly string[];
}

export function createRecordSync(
  deps: EngineDeps,
  service: ConnectionService,
  results: ResultStore
): RecordSync {
  let known = NO_RECORD;
  let notes: readonly string[] = [];
  let generation = 0;
  let disconnectedAt: number | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  async function find(dataDir: string): Promise<string> {
    // All that is told comes from one reading, in which no file is read twice.
    const once = { ...deps, disk: readOnce(toolsDeps(deps, dataDir)).deps.disk };
    const stored = await readState(once, dataDir);
    generation = Math.max(generation, stored.generation);
    const isNews = disconnectedAt !== null && stored.disconnectedAt > disconnectedAt;
    disconnectedAt = Math.max(disconnectedAt ?? 0, stored.disconnectedAt);
    notes = stored.kind === 'unreadable' ? [damagedNote(stored.path)] : [];
    switch (stored.kind) {
      case 'unreadable':
        // It says nothing of another connection, so ours stays.
        return known;
      case 'none':
        // A Disconnect elsewhere also ends what is waiting here to be tried again.
        if ((known !== NO_RECORD || isNews) && service.dispatch({ type: 'adopted', grant: null })) {
          results.set({ verdict: 'ok', summary: trans.__('Not connected.') });
        }
        return NO_RECORD;
      case 'record': {
        if (stored.stamp !== known) {
          const grant = await grantFrom(once, dataDir, stored.record);
          const first = service.state().kind === 'disconnected';
          if (service.dispatch(first ? { type: 'loaded', grant } : { type: 'adopted', grant })) {
            const { settings } = grant.target;
            const expected = { settings, indexUrl: grant.indexUrl };
            const { files, kernels } = await inspect(toolsDeps(once, dataDir), expected);
            results.set({ verdict: 'ok', summary: '', files, kernels });
          }
        }
        return stored.stamp;
      }
    }
  }

  async function readNext(dataDir: string): Promise<void> {
    const before = known;
    const found = await find(dataDir);
    // This session may have written the file while it was read.
    known = known === before ? found : known;
  }

  /** One after the other: what one has found, the next must not take for news, and set over what has begun since. */
  function read(dataDir: string): Promise<void> {
    const mine = reading.then(() => readNext(dataDir));
    reading = mine.catch(() => undefined);
    return mine;
  }

  return {
    catchUp: async dataDir => {
      if (!service.isBusy()) {
        await read(dataDir);
      }
    },
    read,
    wrote: record => {
      known = record ? stampOf(record) : NO_RECORD;
      generation = Math.max(generation, record?.generation ?? 0);
    },
    generation: () => generation,
    disconnectedAt: () => disconnectedAt ?? 0,
    hasRecord: () => known !== NO_RECORD,
    notes: () => notes
  };
}
