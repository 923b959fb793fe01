import type { ToolAdapter } from '../adapter';
import { pipFile } from '../paths';
import type { Shadow } from '../shadow';
import { redactConfig } from '../text/redact-config';
import { sameIndex, withCredentials } from '../text/url-credentials';
import { codeArtifactUrls, passwordsInUrls } from '../text/urls';
import { pipAnswer, terminalAnswer } from './answer';
import { putIndex, takeIndex } from './index-edit';

export const pip: ToolAdapter = {
  name: 'pip',
  reader: 'pip',
  file: pipFile,
  scope: settings => settings.scope,
  asksNetrc: true,
  secret: inline => inline,
  put: (text, { settings, indexUrl, token, inline }) =>
    putIndex(text, { url: inline ? withCredentials(indexUrl, token) : indexUrl, key: settings.indexMode }),
  take: takeIndex,
  passwords: passwordsInUrls,
  indexes: codeArtifactUrls,
  redact: redactConfig,
  redactsAnything: true,
  namesIndex: true,
  look: async (deps, expected) => {
    const [own, terminal] = await Promise.all([pipAnswer(deps, expected), terminalAnswer(deps, expected)]);
    return {
      shadows: distinct([...own.shadows, ...(terminal?.shadows ?? [])]),
      uses: own.pip.used.some(url => sameIndex(url, expected.indexUrl)),
      reads: path => own.pip.source?.path === path
    };
  }
};

const distinct = (shadows: readonly Shadow[]): Shadow[] => [
  ...new Map(shadows.map(shadow => [shadow.by, shadow])).values()
];
