import type { Document } from '../../protocol/document';
import { PYPI, pipEffective } from '../tools/pip/effective';
import { redactUrl, sameIndex } from '../tools/text/url-credentials';
import { type EngineDeps, toolsDeps } from './engine-deps';
import type { Prepared } from './request';
import { trans } from '../core/say';

/**
 * Before Connect: says which index of the user's own it would replace. What cannot be read says nothing here; Connect
 * itself tells it.
 */
export async function withForeignIndex(
  deps: EngineDeps,
  document: Document,
  prepared: Prepared | null
): Promise<Document> {
  if (!prepared || document.connection || document.running || document.verdict === 'invalid_settings') {
    return document;
  }
  const { settings, dataDir } = prepared;
  if (settings.indexMode !== 'index-url' || !settings.tools.includes('pip') || !settings.repository) {
    return document;
  }
  const { url, source } = await pipEffective(toolsDeps(deps, dataDir), 'index-url', '');
  // What a variable names wins over every file, so Connect replaces nothing of it.
  if (!source?.path || sameIndex(url, PYPI)) {
    return document;
  }
  const note = trans.__(
    '%1 names another index, %2: Connect replaces it until Disconnect. With the index mode extra-index-url pip asks both.',
    source.path,
    redactUrl(url)
  );
  return { ...document, notes: [...(document.notes ?? []), note] };
}
