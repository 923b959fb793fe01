import type { ToolAdapter } from '../adapter';
import { netrcFile } from '../paths';
import { redactNetrc } from '../text/redact-config';
import { readIndexUrl } from '../text/url-credentials';
import { isCodeArtifactHost } from '../text/urls';
import { readNetrc } from './netrc';
import { putMachine, takeMachine } from './netrc-edit';

const hostOf = (indexUrl: string): string => readIndexUrl(indexUrl)!.host;

/** Knows hosts only, so that of an index it needs no more. */
export const netrc: ToolAdapter = {
  name: 'netrc',
  reader: 'pip',
  file: deps => netrcFile(deps),
  scope: () => 'user',
  asksNetrc: false,
  secret: () => true,
  put: (text, { indexUrl, token }) => putMachine(text, hostOf(indexUrl), token),
  take: (text, mark, was) => takeMachine(text, hostOf(mark.indexUrl), mark, was),
  passwords: (text, indexUrl) => {
    const read = readNetrc(text);
    const entries = read.ok ? read.value.entries.filter(entry => entry.host === hostOf(indexUrl)) : [];
    return entries.flatMap(entry => entry.password?.text ?? []);
  },
  indexes: text => {
    const read = readNetrc(text);
    const hosts = read.ok ? read.value.entries.map(entry => entry.host).filter(isCodeArtifactHost) : [];
    return [...new Set(hosts)].map(host => `https://${host}/`);
  },
  redact: redactNetrc,
  redactsAnything: false,
  namesIndex: false
};
