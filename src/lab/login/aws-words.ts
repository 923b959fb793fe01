import { readAwsCommand } from '../../protocol/aws-login';
import type { IChoice, ILogin } from './choice';
import type { IWord } from './shell-words';
import { choiceInUrl } from './urls';

export interface IAwsCall {
  readonly operation: string;
  readonly login: ILogin;
}

/** Tools of the AWS CLI that this product does not configure; their cells are left alone. */
const OTHER_TOOLS = ['nuget', 'dotnet', 'swift'];

/** Words that start another program with the rest of theirs. */
const BEFORE = ['sudo', 'env', 'command', 'exec', 'nohup', 'time', 'nice', 'timeout', 'builtin', 'xargs'];

/** Where the words of `aws` begin, behind `sudo -u me`, `env A=b` and the like; -1 where another program is called. */
function behindAws(words: readonly IWord[]): number {
  const texts = words.map(({ text }) => text);
  const own = texts.findIndex((text, index) => index > 0 && !BEFORE.includes(texts[0]) && text !== '');
  const within = BEFORE.includes(texts[0] ?? '') ? texts.length : own < 0 ? 1 : Math.min(own, 1);
  for (let index = 0; index < within; index++) {
    if (/(?:^|[\\/])aws(?:\.exe|\.cmd)?$/.test(texts[index])) {
      return index + 1;
    }
  }
  const module = texts.indexOf('-m');
  return /(?:^|\/)python[\d.]*$/.test(texts[0] ?? '') && texts[module + 1] === 'awscli' ? module + 2 : -1;
}

/** The call of CodeArtifact that the words are, and the repository it names; null for any other command. */
export function awsCall(words: readonly IWord[]): IAwsCall | null {
  const begin = behindAws(words);
  if (begin < 0) {
    return null;
  }
  const given = words.slice(begin);
  const read = readAwsCommand(
    given.map(({ text, missing }) => (text === '' && missing.length > 0 ? 'x' : text))
  );
  if (!read || 'message' in read) {
    return null;
  }
  const missing: string[] = [];
  const value = (name: string): string => {
    const found = read.values[name];
    const unknown = found ? given[found.at].missing : [];
    missing.push(...unknown);
    return found && unknown.length === 0 ? found.text : '';
  };
  const tool = value('tool');
  if (read.operation === 'login' && OTHER_TOOLS.includes(tool)) {
    return null;
  }
  missing.length = 0;
  const profile = value('profile');
  const choice: IChoice = {
    domain: value('domain'),
    domainOwner: value('domain-owner'),
    repository: value('repository'),
    region: value('region'),
    ...(profile === '' ? {} : { profile })
  };
  return { operation: read.operation, login: { choice, missing } };
}

/** pip's own settings, and what else takes an index's address. */
const INDEX_OPTION = /^(?:-i|--(?:extra-)?index-url|--default-index|--index|--repository-url)(?:=|$)/;

/** A repository in the address that a command is given, as by `pip config set global.index-url https://aws:…`. */
export function indexCall(
  words: readonly IWord[]
): { readonly login: ILogin; readonly writes: boolean } | null {
  const texts = words.map(({ text }) => text);
  const pip = texts.slice(0, 4).some(text => /(?:^|[\\/])(?:pip[\d.]*|uv)$/.test(text));
  if (!pip) {
    return null;
  }
  const writes = texts.includes('config') && texts.includes('set');
  if (!writes && !texts.some(text => INDEX_OPTION.test(text))) {
    return null;
  }
  for (const { text, missing } of words) {
    if (/codeartifact/.test(text)) {
      const choice = choiceInUrl(text);
      // The token stands before the host and is not a name.
      const names = missing.slice(/\/\/[^@/]*@/.test(text) ? 1 : 0);
      return { login: { choice, missing: choice ? [] : names }, writes };
    }
  }
  return null;
}
