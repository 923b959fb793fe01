import type { Document } from '../../../protocol/document';
import { view } from '../../pure/connection/view';
import { inspect } from '../tools/effective';
import { answer } from './answer';
import { toolsDeps, type VerbDeps } from './deps';
import { damagedNote, loadedFrom, recall } from './load';
import type { Prepared } from './prepare';
import { stateSentence } from './sentences';

/** The connection and its files, from the disk alone: no name is resolved, nobody is asked. */
export async function status(deps: VerbDeps, prepared: Prepared): Promise<Document> {
  const at = deps.world.clock.now();
  const recalled = await recall(deps, prepared.dataDir);
  if (recalled.kind !== 'record') {
    const damaged = recalled.kind === 'unreadable' ? [damagedNote(recalled.path)] : [];
    return answer({ verdict: 'ok', summary: 'Not connected.', notes: [...prepared.notes, ...damaged], at });
  }
  const { grant } = await loadedFrom(deps, prepared.dataDir, recalled.record);
  const connection = view({ kind: 'connected', grant, trouble: null, wakeAt: grant.expiresAt }, at);
  const report = await inspect(toolsDeps(deps, prepared.dataDir), {
    settings: grant.target.settings,
    indexUrl: grant.indexUrl
  });
  return answer({
    verdict: connection?.state === 'expired' ? 'expired_credentials' : 'ok',
    summary: stateSentence(connection),
    connection,
    files: report.files,
    kernels: report.kernels,
    notes: prepared.notes,
    at
  });
}
