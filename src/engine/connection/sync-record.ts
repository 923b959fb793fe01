import type { ConnectionService } from './connection-service';
import { inspect } from '../tools/inspect';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { ResultStore } from './result-store';
import { damagedNote, loadedFrom, readState } from './load-connection';

/** The stamp when there is no state file. */
export const NO_RECORD = '';

/**
 * Takes over what another process (the command line beside the server, or this server before its restart)
 * has made of the connection since `stamp` was read.
 */
export async function syncRecord(
  deps: EngineDeps,
  dataDir: string,
  stamp: string,
  service: ConnectionService,
  results: ResultStore
): Promise<{ readonly stamp: string; readonly notes: readonly string[]; readonly generation: number }> {
  const stored = await readState(deps, dataDir);
  const { generation } = stored;
  switch (stored.kind) {
    case 'unreadable':
      // Nothing is known of another connection, so that ours stays.
      return { stamp, notes: [damagedNote(stored.path)], generation };
    case 'none':
      if (stamp !== NO_RECORD && service.dispatch({ type: 'adopted', grant: null })) {
        results.set({ verdict: 'ok', summary: 'Not connected.' });
      }
      return { stamp: NO_RECORD, notes: [], generation };
    case 'record': {
      if (stored.stamp === stamp) {
        return { stamp, notes: [], generation };
      }
      const { grant } = await loadedFrom(deps, dataDir, stored.record);
      const first = service.state().kind === 'disconnected';
      if (service.dispatch(first ? { type: 'loaded', grant } : { type: 'adopted', grant })) {
        const { settings } = grant.target;
        const report = await inspect(toolsDeps(deps, dataDir), { settings, indexUrl: grant.indexUrl });
        const { files, kernels } = report;
        results.set({ verdict: 'ok', summary: '', files, kernels });
      }
      return { stamp: stored.stamp, notes: [], generation };
    }
  }
}
