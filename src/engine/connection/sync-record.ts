import { inspect } from '../tools/inspect';
import type { ConnectionService } from './connection-service';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { damagedNote, grantFrom, readState, stampOf } from './load-connection';
import type { ConnectionRecord } from '../tools/record';
import type { ResultStore } from './result-store';

/** The stamp when there is no state file. */
const NO_RECORD = '';

/**
 * Keeps a session true to the state file, which other processes write too: the command line beside the server, or
 * this server before its restart.
 */
export interface RecordSync {
  /** Takes over what has been written since the last look; nothing while an attempt runs. */
  readonly catchUp: (dataDir: string) => Promise<void>;
  /** What this session has just written; null when it has removed the file. */
  readonly wrote: (record: ConnectionRecord | null) => void;
  /** Of the files as they are known here: what begins is based on it, so that a Disconnect not seen yet is final. */
  readonly generation: () => number;
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

  async function read(dataDir: string): Promise<string> {
    const stored = await readState(deps, dataDir);
    generation = Math.max(generation, stored.generation);
    notes = stored.kind === 'unreadable' ? [damagedNote(stored.path)] : [];
    switch (stored.kind) {
      case 'unreadable':
        // It says nothing of another connection, so ours stays.
        return known;
      case 'none':
        if (known !== NO_RECORD && service.dispatch({ type: 'adopted', grant: null })) {
          results.set({ verdict: 'ok', summary: 'Not connected.' });
        }
        return NO_RECORD;
      case 'record': {
        if (stored.stamp !== known) {
          const grant = await grantFrom(deps, dataDir, stored.record);
          const first = service.state().kind === 'disconnected';
          if (service.dispatch(first ? { type: 'loaded', grant } : { type: 'adopted', grant })) {
            const { settings } = grant.target;
            const expected = { settings, indexUrl: grant.indexUrl };
            const { files, kernels } = await inspect(toolsDeps(deps, dataDir), expected);
            results.set({ verdict: 'ok', summary: '', files, kernels });
          }
        }
        return stored.stamp;
      }
    }
  }

  return {
    async catchUp(dataDir) {
      if (service.isBusy()) {
        return;
      }
      const before = known;
      const found = await read(dataDir);
      // This session may have written the file while it was read.
      known = known === before ? found : known;
    },
    wrote: record => {
      known = record ? stampOf(record) : NO_RECORD;
      generation = Math.max(generation, record?.generation ?? 0);
    },
    generation: () => generation,
    hasRecord: () => known !== NO_RECORD,
    notes: () => notes
  };
}
