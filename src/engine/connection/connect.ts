import type { Document } from '../../protocol/document';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { view } from './machine/view';
import { answer } from './answer';
import { attempt } from './attempt';
import type { EngineDeps } from './engine-deps';
import type { Prepared } from './prepare';
import { connectedSentence } from './sentences';

/** Connects once, for a terminal or a script: nobody stays to renew the token. */
export async function connect(
  deps: EngineDeps,
  prepared: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Document> {
  const tried = await attempt(deps, prepared, onProgress, signal);
  const { diagnosis, files, outcome } = tried;
  const at = deps.runtime.clock.now();
  const notes = [...prepared.notes, ...tried.notes];
  if (!outcome.ok) {
    return answer({
      verdict: diagnosis.verdict,
      summary: diagnosis.summary,
      rungs: diagnosis.rungs,
      files,
      notes,
      at
    });
  }
  const grant = outcome.value;
  const connection = view({ kind: 'connected', grant, trouble: null, wakeAt: grant.expiresAt }, at);
  return answer({
    verdict: 'ok',
    summary: connection ? connectedSentence(connection) : diagnosis.summary,
    connection,
    rungs: diagnosis.rungs,
    files,
    kernels: diagnosis.kernels,
    notes,
    at
  });
}
