import type { Document } from '../../../protocol/document';
import type { OnRungs } from '../ladder/climb';
import { view } from '../../pure/connection/view';
import { answer } from './answer';
import { attempt } from './attempt';
import type { VerbDeps } from './deps';
import type { Prepared } from './prepare';
import { connectedSentence } from './sentences';

/** Connects once, for a terminal or a script: nobody stays to renew the token. */
export async function connect(
  deps: VerbDeps,
  prepared: Prepared,
  onRungs: OnRungs,
  signal: AbortSignal
): Promise<Document> {
  const tried = await attempt(deps, prepared, onRungs, signal);
  const { climb, files, outcome } = tried;
  const at = deps.world.clock.now();
  const notes = [...prepared.notes, ...tried.notes];
  if (!outcome.ok) {
    return answer({ verdict: climb.verdict, summary: climb.summary, rungs: climb.rungs, files, notes, at });
  }
  const grant = outcome.value;
  const connection = view({ kind: 'connected', grant, trouble: null, wakeAt: grant.expiresAt }, at);
  return answer({
    verdict: 'ok',
    summary: connection ? connectedSentence(connection) : climb.summary,
    connection,
    rungs: climb.rungs,
    files,
    kernels: climb.kernels,
    notes,
    at
  });
}
