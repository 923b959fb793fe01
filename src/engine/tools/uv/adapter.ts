import type { ToolAdapter } from '../adapter';
import { uvFile } from '../paths';
import { redactConfig } from '../text/redact-config';
import { withCredentials } from '../text/url-credentials';
import { codeArtifactUrls, passwordsInUrls } from '../text/urls';
import { putUvIndex, takeUvIndex } from './index-edit';
import { uvAnswer } from './answer';

export const uv: ToolAdapter = {
  name: 'uv',
  reader: 'uv',
  file: async deps => uvFile(deps),
  scope: () => 'user',
  asksNetrc: true,
  secret: inline => inline,
  put: (text, { settings, indexUrl, token, inline }) =>
    putUvIndex(text, {
      url: inline ? withCredentials(indexUrl, token) : indexUrl,
      isDefault: settings.indexMode === 'index-url'
    }),
  take: takeUvIndex,
  passwords: passwordsInUrls,
  indexes: codeArtifactUrls,
  redact: redactConfig,
  redactsAnything: true,
  namesIndex: true,
  look: async (deps, { settings, indexUrl }) => {
    const { shadows, uses, ...asks } = await uvAnswer(deps, settings.indexMode, indexUrl);
    return { shadows, uses, reads: () => true, asks };
  }
};
