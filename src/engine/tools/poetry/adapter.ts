import { done } from '../../core/failure';
import type { ToolAdapter } from '../adapter';
import { codeArtifactUrls } from '../text/urls';
import { passwordsIn, putCredentials, SOURCE, takeCredentials } from './auth-edit';
import { poetryFolder } from './configuration';
import { redactAuth } from './redact-auth';
import { poetryLook } from './shadows';
import { trans } from '../../core/say';

export const poetry: ToolAdapter = {
  name: 'poetry',
  reader: 'Poetry',
  file: async deps => {
    const folder = await poetryFolder(deps);
    return folder.ok ? done(`${folder.value}/auth.toml`) : folder;
  },
  scope: () => 'user',
  asksNetrc: false,
  secret: () => true,
  put: (text, { indexUrl, token }) => putCredentials(text, indexUrl, token),
  take: takeCredentials,
  passwords: passwordsIn,
  indexes: codeArtifactUrls,
  redact: redactAuth,
  redactsAnything: true,
  namesIndex: true,
  says: (indexUrl, path) =>
    trans.__('Poetry has the token for a source named %1 (%2), as %3 says', SOURCE, indexUrl, path),
  next: indexUrl => ({
    title: trans.__('Once in each project that Poetry manages'),
    language: 'bash',
    text: `poetry source add --priority=primary ${SOURCE} ${indexUrl}`
  }),
  look: poetryLook
};
