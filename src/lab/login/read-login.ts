import { awsCall, type IAwsCall, indexCall } from './aws-words';
import { type ICellCommand, readCell } from './cell';
import type { IChoice, ILogin } from './choice';
import { choiceInUrl } from './urls';

export const NOTHING: IChoice = { domain: '', domainOwner: '', repository: '', region: '' };

/** What a command of a cell does for the sign-in; null where it has nothing to do with it. */
export interface ISignIn {
  readonly command: ICellCommand;
  readonly login: ILogin;
  /** It writes the token into a tool's configuration, and nothing else is lost without it. */
  readonly writes: boolean;
}

/** The commands that log in, or give pip an address of CodeArtifact. */
export function signIns(commands: readonly ICellCommand[]): ISignIn[] {
  const found: ISignIn[] = [];
  const parts: IAwsCall[] = [];
  for (const command of commands) {
    const call = awsCall(command.words);
    const index = call ? null : indexCall(command.words);
    if (call?.operation === 'login') {
      found.push({ command, login: call.login, writes: true });
    } else if (call) {
      parts.push(call);
    } else if (index) {
      found.push({ command, login: index.login, writes: index.writes });
    }
  }
  // A script that gets the token itself names the domain there, and the repository beside it or in the address.
  const known = merged(parts);
  return found.map(each => ({ ...each, login: complete(each.login, known) }));
}

/** What the calls of one text name together. */
export function merged(calls: readonly IAwsCall[]): ILogin {
  const choice = calls.reduce<IChoice>(
    (all, { login }) => ({ ...all, ...filled(login.choice ?? NOTHING) }),
    NOTHING
  );
  return { choice, missing: [...new Set(calls.flatMap(({ login }) => login.missing))] };
}

const filled = (choice: IChoice): Partial<IChoice> =>
  Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== ''));

function complete(login: ILogin, known: ILogin): ILogin {
  if (login.choice || login.missing.length === 0) {
    return login;
  }
  return known.choice?.domain && known.choice.repository && known.missing.length === 0
    ? known
    : { choice: null, missing: login.missing };
}

/** A choice whose every name is written; null with what is missing otherwise. */
export function whole({ choice, missing }: ILogin): ILogin {
  const usable = choice !== null && missing.length === 0 && choice.domain !== '' && choice.repository !== '';
  return { choice: usable ? choice : null, missing: [...new Set(missing)].filter(name => name !== '$(…)') };
}

/** The best of several: one whose names are all there, else one that says what is missing. */
export function best(logins: readonly ILogin[]): ILogin | null {
  const all = logins.map(whole);
  return (
    all.find(({ choice }) => choice !== null) ??
    all.find(({ missing }) => missing.length > 0) ??
    all[0] ??
    null
  );
}

/** Variables by which pip and uv take an index's address. */
const VARIABLE =
  /\b(?:PIP_(?:EXTRA_)?INDEX_URL|UV_(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?|TWINE_REPOSITORY_URL)\b/;

/** Whether a cell logs in (null when it does not), and the repository, unless its names are variables. */
export function loginOf(source: string): ILogin | null {
  // A quick test, which most cells end with.
  if (!/codeartifact/.test(source)) {
    return null;
  }
  const found = best(signIns(readCell(source)).map(({ login }) => login));
  const choice =
    found || !VARIABLE.test(withoutComments(source)) ? null : choiceInUrl(withoutComments(source));
  return found ?? (choice ? { choice, missing: [] } : null);
}

const withoutComments = (source: string): string => source.replace(/^[ \t]*#.*$/gm, '');
