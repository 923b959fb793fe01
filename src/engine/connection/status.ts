import type { Document } from '../../protocol/document';
import { view } from './machine/view';
import { inspect } from '../tools/inspect';
import { answer } from './answer';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { damagedNote, loadedFrom, readState } from './load-connection';
import type { Prepared } from './prepare';
import { stateSentence } from './sentences';

/** The connection and its files, from the disk alone: no name is resolved, nobody is asked. */
export async function status(deps: EngineDeps, prepared: Prepared): Promise<Document> {
  const at = deps.runtime.clock.now();
  const stored = await readState(deps, prepared.dataDir);
  if (stored.kind !== 'record') {
    const damaged = stored.kind === 'unreadable' ? [damagedNote(stored.path)] : [];
    return answer({ verdict: 'ok', summary: 'Not connected.', notes: [...prepared.notes, ...damaged], at });
  }
  const { grant } = await loadedFrom(deps, prepared.dataDir, stored.record);
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
