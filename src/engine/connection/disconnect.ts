import type { Outcome } from '../core/failure';
import { type Committed, transaction } from '../tools/transaction';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { trans } from '../core/say';

/** Puts every file back and removes the record of the connection, all or none. */
export const disconnect = (deps: EngineDeps, dataDir: string): Promise<Outcome<Committed>> =>
  transaction(toolsDeps(deps, dataDir), { kind: 'disconnect' });

/** What to say afterwards. `notes` name files that somebody edited since Connect. */
export function disconnectedSentence(
  wasConnected: boolean,
  { notes, isLost }: Pick<Committed, 'notes' | 'isLost'>
): string {
  if (isLost) {
    return trans.__(
      'Disconnected. What was in the files before Connect is not known any more: lines that look like ours were removed.'
    );
  }
  if (!wasConnected) {
    return trans.__('Not connected; nothing to put back.');
  }
  return notes.length > 0
    ? trans.__('Disconnected. Only our own lines were taken out of files that were edited since.')
    : trans.__('Disconnected. Every file is as it was before Connect.');
}
