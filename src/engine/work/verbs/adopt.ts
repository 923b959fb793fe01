import type { Keeper } from '../keeper/keeper';
import { inspect } from '../tools/effective';
import { toolsDeps, type VerbDeps } from './deps';
import type { Latest } from './latest';
import { damagedNote, loadedFrom, recall } from './load';

/** The stamp when there is no state file. */
export const NOBODY = '';

/**
 * Takes over what another process (the command line beside the server, or this server before its restart)
 * has made of the connection since `stamp` was read.
 */
export async function adopt(
  deps: VerbDeps,
  dataDir: string,
  stamp: string,
  keeper: Keeper,
  latest: Latest
): Promise<{ readonly stamp: string; readonly notes: readonly string[] }> {
  const recalled = await recall(deps, dataDir);
  switch (recalled.kind) {
    case 'unreadable':
      // Nothing is known of another connection, so that ours stays.
      return { stamp, notes: [damagedNote(recalled.path)] };
    case 'none':
      if (stamp !== NOBODY && keeper.tell({ type: 'adopted', grant: null })) {
        latest.tell({ verdict: 'ok', summary: 'Not connected.' });
      }
      return { stamp: NOBODY, notes: [] };
    case 'record': {
      if (recalled.stamp === stamp) {
        return { stamp, notes: [] };
      }
      const { grant } = await loadedFrom(deps, dataDir, recalled.record);
      const first = keeper.state().kind === 'disconnected';
      if (keeper.tell(first ? { type: 'loaded', grant } : { type: 'adopted', grant })) {
        const { settings } = grant.target;
        const report = await inspect(toolsDeps(deps, dataDir), { settings, indexUrl: grant.indexUrl });
        const { files, kernels } = report;
        latest.tell({ verdict: 'ok', summary: '', files, kernels });
      }
      return { stamp: recalled.stamp, notes: [] };
    }
  }
}
