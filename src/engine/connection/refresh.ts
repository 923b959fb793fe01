import type { Document } from '../../protocol/document';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { answer } from './answer';
import { connect } from './connect';
import type { EngineDeps } from './engine-deps';
import { load } from './load-connection';
import type { Prepared } from './prepare';

/** A new token for the connection that stands; the old one serves until the new one is written. */
export async function refresh(
  deps: EngineDeps,
  prepared: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Document> {
  const loaded = await load(deps, prepared.dataDir);
  if (!loaded) {
    return answer({
      verdict: 'ok',
      summary: 'There is no connection to renew; connect makes one.',
      notes: prepared.notes,
      at: deps.runtime.clock.now()
    });
  }
  return connect(
    deps,
    { ...prepared, settings: loaded.grant.target.settings, renews: true },
    onProgress,
    signal
  );
}
