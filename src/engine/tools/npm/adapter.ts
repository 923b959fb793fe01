import { failed, done } from '../../core/failure';
import type { ToolAdapter } from '../adapter';
import { codeArtifactUrls } from '../text/urls';
import { npmUserFile } from './configuration';
import { putRegistry, takeRegistry, tokensIn } from './npmrc-edit';
import { redactNpmrc } from './redact-npmrc';
import { indexOf } from './registry-url';
import { registryOf } from '../../core/settings/npm-registry';
import { npmLook } from './shadows';
import { trans } from '../../core/say';

export const npm: ToolAdapter = {
  name: 'npm',
  reader: 'npm',
  file: async deps => {
    const path = npmUserFile(deps);
    return path === null ? failed('no_home', { variable: 'HOME' }) : done(path);
  },
  scope: () => 'user',
  asksNetrc: false,
  secret: () => true,
  put: (text, { indexUrl, token }) => putRegistry(text, registryOf(indexUrl), token),
  take: takeRegistry,
  passwords: tokensIn,
  indexes: text => codeArtifactUrls(text).flatMap(url => indexOf(url) ?? []),
  redact: redactNpmrc,
  redactsAnything: true,
  namesIndex: true,
  says: (indexUrl, path) => trans.__('npm uses %1, as %2 says', registryOf(indexUrl), path),
  look: npmLook
};
