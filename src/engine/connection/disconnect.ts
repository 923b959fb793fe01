import type { Outcome } from '../core/failure';
import type { Written } from '../tools/configure';
import { restore } from '../tools/restore';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { recordPath } from './record';

/** Puts every file back and removes the record of the connection, all or none. */
export function disconnect(deps: EngineDeps, dataDir: string): Promise<Outcome<Written>> {
  return restore(toolsDeps(deps, dataDir), { record: { path: recordPath(dataDir), next: () => null } });
}

/** What to say afterwards. `notes` name files that somebody edited since Connect. */
export function disconnectedSentence(wasConnected: boolean, notes: readonly string[]): string {
  if (!wasConnected) {
    return 'Not connected; nothing to put back.';
  }
  return notes.length > 0
    ? 'Disconnected. Only our own lines were taken out of files that were edited since.'
    : "Disconnected. pip's configuration is as it was before.";
}
