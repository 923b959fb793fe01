import type { Document } from '../../protocol/document';
import type { Outcome } from '../core/failure';
import { type Committed, transaction } from '../tools/transaction';
import { answer, refusal } from './answer';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { readState } from './load-connection';
import type { Prepared } from './prepare';

/** Puts every file back and forgets the connection. */
export const takeBack = (deps: EngineDeps, dataDir: string): Promise<Outcome<Committed>> =>
  transaction(toolsDeps(deps, dataDir), { kind: 'disconnect' });

/** Disconnect, for a terminal or a script. Without a connection it says so and changes nothing. */
export async function disconnect(deps: EngineDeps, prepared: Prepared): Promise<Document> {
  const before = await readState(deps, prepared.dataDir);
  const written = await takeBack(deps, prepared.dataDir);
  const at = deps.runtime.clock.now();
  if (!written.ok) {
    return refusal(written.failure, at, { notes: prepared.notes });
  }
  const { files, notes, changed } = written.value;
  return answer({
    verdict: 'ok',
    summary: disconnectedSentence(changed || before.kind === 'record', written.value),
    files,
    notes: [...prepared.notes, ...notes],
    at
  });
}

export function disconnectedSentence(
  wasConnected: boolean,
  { notes, isLost }: Pick<Committed, 'notes' | 'isLost'>
): string {
  if (isLost) {
    return 'Disconnected. What was in the files before Connect is not known any more: lines that look like ours were removed.';
  }
  if (!wasConnected) {
    return 'Not connected; nothing to put back.';
  }
  return notes.length > 0
    ? 'Disconnected. Only our own lines were taken out of files that were edited since.'
    : "Disconnected. pip's configuration is as it was before.";
}
