import type { Document } from '../../protocol/document';
import { readRecord, recordPath } from './record';
import type { Outcome } from '../core/failure';
import type { Written } from '../tools/configure';
import { restore } from '../tools/restore';
import { answer, refusal } from './answer';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { Prepared } from './prepare';

/** Puts every file back and forgets the connection. */
export function takeBack(deps: EngineDeps, dataDir: string): Promise<Outcome<Written>> {
  const record = { path: recordPath(dataDir), next: () => null };
  return restore(toolsDeps(deps, dataDir), { record });
}

/** Disconnect, for a terminal or a script. Without a connection it says so and changes nothing. */
export async function disconnect(deps: EngineDeps, prepared: Prepared): Promise<Document> {
  const before = await readRecord(deps.disk, prepared.dataDir);
  const written = await takeBack(deps, prepared.dataDir);
  const at = deps.runtime.clock.now();
  if (!written.ok) {
    return refusal(written.failure, at, { notes: prepared.notes });
  }
  const { files, notes, changed } = written.value;
  return answer({
    verdict: 'ok',
    summary: disconnectedSentence(changed || (before.ok && before.value !== null), notes),
    files,
    notes: [...prepared.notes, ...notes],
    at
  });
}

export function disconnectedSentence(wasConnected: boolean, notes: readonly string[]): string {
  if (!wasConnected) {
    return 'Not connected; nothing to put back.';
  }
  return notes.length > 0
    ? 'Disconnected. Only our own lines were taken out of files that were edited since.'
    : "Disconnected. pip's configuration is as it was before.";
}
