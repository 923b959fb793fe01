import type { ToolAdapter } from '../adapter';
import { pypircFile } from '../paths';
import { readIni } from '../text/ini';
import { redactConfig } from '../text/redact-config';
import { codeArtifactUrls } from '../text/urls';
import { putServer, takeServer } from './pypirc';
import { twineAnswer } from './shadows';

/** twine uploads to the repository itself, whose URL has no `simple/`. */
const repositoryOf = (indexUrl: string): string => indexUrl.replace(/simple\/$/, '');

export const twine: ToolAdapter = {
  name: 'twine',
  reader: 'twine',
  file: async deps => pypircFile(deps),
  scope: () => 'user',
  asksNetrc: false,
  secret: () => true,
  put: (text, { indexUrl, token }) => putServer(text, repositoryOf(indexUrl), token),
  take: takeServer,
  passwords: text => {
    const ini = readIni(text);
    const options = ini.ok ? ini.value.sections.flatMap(section => section.options) : [];
    return options.filter(option => option.name === 'password').map(option => option.value);
  },
  indexes: text => codeArtifactUrls(text).map(url => `${url}simple/`),
  redact: redactConfig,
  redactsAnything: false,
  namesIndex: true,
  look: async (deps, { indexUrl }) => {
    const { shadows, login } = await twineAnswer(deps, indexUrl);
    // twine has one command that sends them, and it does not ask again where nobody can answer.
    const logins = login ? [{ ...login, command: 'install' as const, prompts: true }] : [];
    return { shadows, uses: true, reads: () => true, asks: { logins, networks: [], others: [] } };
  }
};
