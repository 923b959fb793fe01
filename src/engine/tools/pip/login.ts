import { decodeUtf8 } from '../text/decode';
import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { words } from '../text/python-whitespace';
import { Secret } from '../../core/secret/secret';
import { readNetrc } from '../netrc/netrc';
import { netrcFile } from '../paths';
import type { PipEffective } from './effective';
import { atLeast, type InstalledPip } from './installed-pip';
import { isOn, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/** A user and password that pip sends to our index. */
export interface Login {
  readonly user: string;
  readonly password: Secret;
  /** What holds them. */
  readonly shadow: Shadow;
  /** Whether a refusal stops pip; with `no-input` it passes over that index. */
  readonly prompts: boolean;
}

/** Where pip finds the password for the index. */
export interface PipLogin {
  readonly kind: 'inline' | 'netrc' | 'none';
  readonly shadows: readonly Shadow[];
  /** Every one that it sends there, each once: the same index may stand in several settings. */
  readonly logins: readonly Login[];
}

/** Whether pip finds credentials for the index, and where; for each setting that names it. */
export async function pipLogin(deps: ToolsDeps, pip: PipEffective, indexUrl: string): Promise<PipLogin> {
  const inline = [...pip.commands.values()].flatMap(({ of }) =>
    ['index_url', 'extra_index_urls'].flatMap(dest => {
      const setting = of.get(dest);
      const urls = setting ? words(setting.value).filter(word => sameIndex(word.text, indexUrl)) : [];
      return urls.map(word => ({ url: readIndexUrl(word.text)!, setting: setting!, prompts: !isOn(of.get('no_input')) }));
    })
  );
  // pip takes what stands in the URL when it holds both, `user:` with nothing behind it included.
  const own = inline.filter(({ url }) => url.user !== null && url.password !== null);
  const logins: Login[] = own.map(({ url, setting, prompts }) => ({
    user: url.user!,
    password: new Secret(url.password!),
    shadow: shadowOf(setting),
    prompts
  }));
  const needed = inline.some(({ url }) => url.user === null || url.password === null);
  if (inline.length === 0 || !needed) {
    return { kind: inline.length > 0 ? 'inline' : 'none', shadows: [], logins: distinct(logins) };
  }
  const found = await netrcLogin(deps, pip.installed, readIndexUrl(indexUrl)!.host.toLowerCase());
  return 'by' in found
    ? { kind: 'none', shadows: [found], logins: distinct(logins) }
    : {
        kind: 'netrc',
        shadows: [],
        logins: distinct([...logins, { ...found, prompts: inline.some(({ prompts }) => prompts) }])
      };
}

const distinct = (logins: readonly Login[]): Login[] => [
  ...new Map(logins.map(login => [JSON.stringify([login.user, login.password.reveal(), login.shadow.by]), login])).values()
];

/**
 * What requests finds in a netrc for a host; the reason when it finds nothing. NETRC alone is asked when it is set,
 * be it empty. https://github.com/psf/requests/blob/main/src/requests/utils.py (`get_netrc_auth`)
 */
export async function netrcLogin(
  deps: ToolsDeps,
  { python }: Pick<InstalledPip, 'python'>,
  host: string
): Promise<Omit<Login, 'prompts'> | Shadow> {
  const named = deps.runtime.env['NETRC'];
  if (named === '') {
    return { by: 'the variable NETRC, which is set but empty: pip then reads no netrc', variable: 'NETRC' };
  }
  const path = await netrcFile(deps);
  if (!path.ok) {
    return { by: 'a missing HOME: without it pip finds no netrc', variable: 'HOME' };
  }
  const where = named ? ` (named by the variable NETRC)` : '';
  const read = await deps.disk.read(path.value);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const old = !atLeast(python, 3, 11);
  const netrc = text?.ok ? readNetrc(text.value, old ? 'before 3.11' : 'since 3.11') : null;
  if (text && !netrc?.ok) {
    const problem = netrc?.problem ?? (text.ok ? undefined : text.problem);
    const reader = old && netrc ? `pip under Python ${python!.slice(0, 2).join('.')}` : 'pip';
    const by = `${path.value}${where}, which ${reader} cannot read: on line ${problem?.line}, ${problem?.what}`;
    return { by, path: path.value, line: problem?.line };
  }
  const entries = netrc?.ok ? netrc.value.entries : [];
  const entry = entries.findLast(e => e.host === host) ?? entries.findLast(e => e.host === 'default');
  const password = entry?.password?.text;
  if (!entry || !password) {
    return { by: `${path.value}${where}, which has no password for ${host}`, path: path.value };
  }
  return {
    user: entry.login?.text || entry.account?.text || '',
    password: new Secret(password),
    shadow: { by: `${path.value}${where}`, path: path.value, line: entry.line }
  };
}
