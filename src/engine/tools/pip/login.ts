import { decodeUtf8 } from '../text/decode';
import { type IndexUrl, readIndexUrl, sameIndex } from '../text/url-credentials';
import { stripControls, words } from '../../core/python-whitespace';
import { Secret } from '../../core/secret/secret';
import { readNetrc } from '../netrc/netrc';
import { netrcFile } from '../paths';
import type { PipEffective } from './effective';
import { atLeast, type InstalledPip } from './installed-pip';
import { COMMANDS, type Command } from './option-table';
import { type CommandSettings, isOn, type Setting, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

/** A user and password that one command of pip sends to our index. */
export interface Login {
  readonly command: Command;
  readonly user: string;
  readonly password: Secret;
  /** What holds them. */
  readonly shadow: Shadow;
  /** Where the index refuses them: sent at a second try, found in the first setting that names the index. */
  readonly second?: { readonly user: string; readonly password: Secret };
  /** Whether pip stops then and asks for a password: not with `no-input`, nor where there was a second try. */
  readonly prompts: boolean;
}

/** Where pip finds the password for the index. */
export interface PipLogin {
  readonly kind: 'inline' | 'netrc' | 'none';
  readonly shadows: readonly Shadow[];
  /** One for each setting that names the index. */
  readonly logins: readonly Login[];
}

interface Named {
  readonly url: IndexUrl;
  readonly setting: Setting;
}

/**
 * Whether pip finds credentials for the index, and where; for each setting that names it.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/network/auth.py (`_get_new_credentials`, `handle_401`)
 */
export async function pipLogin(deps: ToolsDeps, pip: PipEffective, indexUrl: string): Promise<PipLogin> {
  const { host } = readIndexUrl(indexUrl)!;
  const plain = await netrcLogin(deps, pip.installed, host.toLowerCase());
  const logins: Login[] = [];
  const shadows: Shadow[] = [];
  for (const [command, { of }] of pip.commands) {
    const named = namesOf(of, indexUrl);
    const first = named[0] && completeIn(named[0]);
    const prompts = !isOn(of.get('no_input')) && named[0]?.url.user === null;
    for (const one of named) {
      const known = one.url.user === null || netrcKnowsUsers(pip.installed);
      const found =
        completeIn(one) ?? first ?? (known && !('by' in plain) ? plain : (userAlone(one, host) ?? plain));
      if ('by' in found) {
        shadows.push(found);
      } else {
        logins.push({ ...found, command, prompts, ...(first ? { second: first } : {}) });
      }
    }
  }
  for (const [command, { of }] of pip.commands) {
    // Links at our host take the same token; where theirs is refused pip asks for a password, and stops.
    for (const { url, ...found } of linksOf(of, host)) {
      const index = indexOf(of, url, pip.installed);
      const second = index && completeIn(index);
      const prompts = !isOn(of.get('no_input')) && !index?.url.user;
      logins.push({ ...found, command, prompts, ...(second ? { second } : {}) });
    }
  }
  const without = refusedLogins(logins, ({ password }) => password.reveal() === '');
  shadows.push(...without.map(({ shadow }) => shadow));
  const kind = shadows.length > 0 || logins.length === 0 ? 'none' : kindOf(logins, plain);
  return { kind, shadows, logins };
}

const kindOf = (logins: readonly Login[], netrc: Found | Shadow): PipLogin['kind'] =>
  logins.some(login => !('by' in netrc) && login.password === netrc.password) ? 'netrc' : 'inline';

/** Every setting that names an index, in pip's order. */
const indexesOf = (of: PipSettings): Named[] =>
  ['index_url', 'extra_index_urls'].flatMap(dest => {
    const setting = of.get(dest);
    return words(setting?.value ?? '').flatMap(word => {
      const url = readIndexUrl(word.text);
      return url ? [{ url, setting: setting! }] : [];
    });
  });

const namesOf = (of: PipSettings, indexUrl: string): Named[] =>
  indexesOf(of).filter(({ url }) => sameIndex(url.bare, indexUrl));

/**
 * The index whose credentials pip tries for an address at its second try: the same, else the one at that host that
 * has most of the path in common, before pip 23.2 only one that the address begins with (`_get_index_url`).
 */
function indexOf(of: PipSettings, { bare }: IndexUrl, { pip }: InstalledPip): Named | undefined {
  const asked = partsOf(bare);
  const all = indexesOf(of).map(named => {
    const parts = partsOf(named.url.bare);
    const end = parts.findIndex((part, i) => part !== asked[i]);
    return { named, parts, common: end < 0 ? parts.length : end };
  });
  const begun = all.filter(({ parts, common }) => common === parts.length);
  const same = begun.find(({ parts }) => parts.length === asked.length);
  if (same || !atLeast(pip, 23, 2)) {
    return (same ?? begun[0])?.named;
  }
  // Without the scheme, the empty part and the host in common it is another server's.
  const there = all.filter(({ common }) => common >= 3);
  return there.sort((one, other) => other.common - one.common)[0]?.named;
}

/** Between its slashes; one at the end makes no difference. */
function partsOf(url: string): string[] {
  const parts = url.split('/');
  return parts.slice(0, parts.findLastIndex(part => part !== '') + 1);
}

function linksOf(of: PipSettings, host: string): (Found & { readonly url: IndexUrl })[] {
  const setting = of.get('find_links');
  return words(setting?.value ?? '').flatMap(word => {
    const url = readIndexUrl(stripControls(word.text));
    const found = url?.host === host ? completeIn({ url, setting: setting! }) : undefined;
    return url && found ? [{ ...found, url }] : [];
  });
}

type PipSettings = CommandSettings['of'];
type Found = Pick<Login, 'user' | 'password' | 'shadow'>;

/** What stands in the URL, when it holds both: `user:` with nothing behind it is a password too. */
const completeIn = ({ url: { user, password }, setting }: Named): Found | undefined =>
  user === null || password === null
    ? undefined
    : { user, password: new Secret(password), shadow: shadowOf(setting) };

/** Before requests 2.32.4, in pip 25.2, a user in the URL was taken for part of the host that is looked up in the netrc. */
const netrcKnowsUsers = ({ pip }: InstalledPip): boolean => atLeast(pip, 25, 2);

/** pip sends the user that stands in a URL without a password too. */
const userAlone = ({ url: { user }, setting }: Named, host: string): Found | undefined =>
  user === null
    ? undefined
    : {
        user,
        password: new Secret(''),
        shadow: shadowOf(setting, trans.__(', for whose user pip finds no password for %1', host))
      };

/**
 * The credentials that keep a command from our index, when `isRefused` says what the index takes. Where pip does not
 * stop, it passes over a setting whose credentials are refused, and another may do.
 */
export function refusedLogins(
  logins: readonly Login[],
  isRefused: (login: Pick<Login, 'user' | 'password'>) => boolean
): Login[] {
  const refused = (login: Login) =>
    isRefused(login) && (login.second === undefined || isRefused(login.second));
  const found = COMMANDS.flatMap(command => {
    const all = logins.filter(login => login.command === command);
    const bad = all.filter(refused);
    return bad.length === all.length || bad.some(({ prompts }) => prompts) ? bad : [];
  });
  return [...new Map(found.map(login => [login.shadow.by, login])).values()];
}

/** Why a netrc has no login. */
export interface NoLogin extends Shadow {
  /** requests passes over a netrc that it cannot parse, but not over one that is no text. */
  readonly stops?: true;
}

/**
 * What requests finds in a netrc for a host; the reason when it finds nothing. NETRC alone is asked when it is set,
 * be it empty. https://github.com/psf/requests/blob/main/src/requests/utils.py (`get_netrc_auth`)
 */
export async function netrcLogin(
  deps: ToolsDeps,
  { python }: Pick<InstalledPip, 'python'>,
  host: string
): Promise<Found | NoLogin> {
  const named = deps.runtime.env['NETRC'];
  if (named === '') {
    return {
      by: trans.__('the variable NETRC, which is set but empty: pip then reads no netrc'),
      variable: 'NETRC'
    };
  }
  const path = await netrcFile(deps);
  if (!path.ok) {
    return { by: trans.__('a missing HOME: without it pip finds no netrc'), variable: 'HOME' };
  }
  const place = named ? trans.__('%1 (named by the variable NETRC)', path.value) : path.value;
  const read = await deps.disk.read(path.value);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const old = !atLeast(python, 3, 11);
  const netrc = text?.ok ? readNetrc(text.value, old ? 'before 3.11' : 'since 3.11') : null;
  if (text && !netrc?.ok) {
    const problem = netrc?.problem ?? (text.ok ? undefined : text.problem);
    const reader = old && netrc ? trans.__('pip under Python %1', python!.slice(0, 2).join('.')) : 'pip';
    const by = trans.__(
      '%1, which %2 cannot read: on line %3, %4',
      place,
      reader,
      problem?.line,
      problem?.what
    );
    return { by, path: path.value, line: problem?.line, ...(text.ok ? {} : { stops: true }) };
  }
  const entries = netrc?.ok ? netrc.value.entries : [];
  const entry = entries.findLast(e => e.host === host) ?? entries.findLast(e => e.host === 'default');
  const password = entry?.password?.text;
  if (!entry || !password) {
    return { by: trans.__('%1, which has no password for %2', place, host), path: path.value };
  }
  return {
    user: entry.login?.text || entry.account?.text || '',
    password: new Secret(password),
    shadow: { by: place, path: path.value, line: entry.line }
  };
}
