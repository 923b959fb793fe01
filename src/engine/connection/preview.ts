import type { Document } from '../../protocol/document';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { Secret } from '../core/secret/secret';
import { preview as previewTools } from '../tools/preview';
import { storedToken } from '../tools/stored-token';
import { answer, refusal } from './answer';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { diagnoseWith } from './diagnosis-run';
import type { Prepared } from './request';
import { trans } from '../core/say';

/** Stands where the token will stand; the diff hides it like the real one. */
const PLACEHOLDER = new Secret('token-of-the-next-connect');

/** What Connect would change, as a diff without the token. Asks AWS where the index is, mints nothing, writes nothing. */
export async function preview(
  deps: EngineDeps,
  prepared: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Document> {
  const { settings, dataDir, notes } = prepared;
  const found = await diagnoseWith(deps, prepared, null, 'endpoint', onProgress, signal);
  const at = deps.runtime.clock.now();
  if (found.indexUrl === undefined) {
    const { verdict, summary, rungs } = found;
    return answer({ verdict, summary, rungs, notes, at });
  }
  const tools = toolsDeps(deps, dataDir);
  const token = (await storedToken(tools, { indexUrl: found.indexUrl })) ?? PLACEHOLDER;
  const shown = await previewTools(tools, { settings, indexUrl: found.indexUrl, token });
  if (!shown.ok) {
    return refusal(shown.failure, at, { notes });
  }
  const { diff, files } = shown.value;
  return answer({
    verdict: 'ok',
    summary: diff
      ? trans.__('Connect would change this; nothing has been changed.')
      : trans.__('Connect would change nothing.'),
    files,
    notes,
    preview: diff,
    at
  });
}
