import { Secret } from '../../core/secret/secret';
import { decodeUtf8 } from '../text/decode';
import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { readNetrc } from '../netrc/netrc';
import { exists } from '../pip/os-path';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import type { UvIndexSetting } from './configuration';
import { trans } from '../../core/say';

/** What uv sends to an index, and what holds it; else why it has nothing to send. */
export type UvLogin =
  { readonly user: string; readonly password: Secret; readonly shadow: Shadow } | { readonly none: Shadow };

const variablesOf = ({ name }: UvIndexSetting): string[] => {
  const stem = `UV_INDEX_${(name ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  return name === undefined ? [] : [`${stem}_USERNAME`, `${stem}_PASSWORD`];
};

/** Whether an index says itself whom uv shall be there. */
const hasOwnLogin = ({ runtime }: ToolsDeps, index: UvIndexSetting): boolean =>
  readIndexUrl(index.url)?.user !== null || variablesOf(index).some(name => runtime.env[name] !== undefined);

function hasPassword({ runtime }: ToolsDeps, index: UvIndexSetting): boolean {
  const names = variablesOf(index);
  return (
    typeof readIndexUrl(index.url)?.password === 'string' ||
    (names.length > 0 && names.every(name => Boolean(runtime.env[name])))
  );
}

const originOf = ({ url }: UvIndexSetting): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/**
 * The logins that uv takes to an index: for its pages what its URL says; for its files, and for pages of a URL without a
 * user, the first login that any index with this URL has, be it asked or not, else any with this host.
 */
export async function uvLogins(
  deps: ToolsDeps,
  all: readonly UvIndexSetting[],
  index: UvIndexSetting,
  told: (index: UvIndexSetting) => Shadow
): Promise<readonly UvLogin[]> {
  const same = all.filter(({ url }) => sameIndex(url, index.url));
  // Where one URL stands twice, uv promises nothing of which `authenticate` holds.
  const never = same.find(({ authenticate }) => authenticate === 'never');
  if (never) {
    const where = told(never);
    return [{ none: { ...where, by: trans.__('%1, which says authenticate = "never"', where.by) } }];
  }
  const beside = all.filter(one => originOf(one) === originOf(index));
  const whole = beside.filter(one => hasPassword(deps, one));
  const own = same.find(one => hasOwnLogin(deps, one));
  const kept =
    (own && hasPassword(deps, own) ? own : whole[0]) ??
    own ??
    beside.find(one => hasOwnLogin(deps, one)) ??
    index;
  const speak = readIndexUrl(index.url)?.user === null ? [kept] : [...new Set([index, own ?? kept])];
  return Promise.all(
    speak.map(async one => {
      const found = await uvLogin(deps, one, told(one), one !== index);
      const user = readIndexUrl(one.url)?.user;
      const other = 'none' in found && whole.find(({ url }) => readIndexUrl(url)?.user === user);
      return other ? uvLogin(deps, other, told(other), true) : found;
    })
  );
}

/**
 * The login that uv finds: the index's own variables, else its URL, and for what that leaves open the netrc. uv itself
 * judges (tests/differential/uv-install-judge.py).
 * https://docs.astral.sh/uv/concepts/authentication/http/ and https://docs.astral.sh/uv/concepts/indexes/#authentication
 */
async function uvLogin(
  deps: ToolsDeps,
  index: UvIndexSetting,
  where: Shadow,
  isKept: boolean
): Promise<UvLogin> {
  const { env } = deps.runtime;
  const url = readIndexUrl(index.url);
  if (url === null) {
    return { none: where };
  }
  const names = variablesOf(index);
  const [named, password] = names.map(name => env[name]);
  const user = named ?? '';
  const variable = user === '' ? names[1] : names[0];
  // What uv keeps of an index is what its variables say, be it nothing; its URL alone is read once more.
  const own = password !== undefined || (isKept ? named !== undefined : user !== '' && url.user === null);
  // An empty user alone is no login, and hides the URL's.
  const isEmpty = isKept && named === '' && password === undefined;
  const said = isEmpty
    ? { user: null, password: null, by: where }
    : own
      ? {
          user,
          password: password ?? null,
          by: { by: trans.__('the variable %1, which uv takes in place of our login', variable), variable }
        }
      : { user: url.user, password: url.password, by: where };
  // uv asks for the index as the URL says, and for its files as the variables do.
  const torn =
    user !== '' &&
    url.user !== null &&
    (user !== url.user || (own && url.password !== null && url.password !== password));
  if (own && !isEmpty && said.user === '') {
    return { none: said.by };
  }
  if (torn) {
    return {
      none: { by: trans.__('the variable %1, which says otherwise than the URL', variable), variable }
    };
  }
  if (said.password !== null && said.user !== null) {
    return { user: said.user, password: new Secret(said.password), shadow: said.by };
  }
  const found = await netrcEntry(deps, url.host);
  if ('none' in found || said.user === null) {
    return found;
  }
  return found.user === said.user
    ? found
    : {
        none: {
          ...said.by,
          by: trans.__('%1, for whose user uv finds no password for %2', said.by.by, url.host)
        }
      };
}

/** The netrc that uv reads: NETRC where there is such a file, else ~/.netrc; not ~/_netrc, which pip reads too. */
async function netrcEntry(deps: ToolsDeps, host: string): Promise<UvLogin> {
  const { env, home } = deps.runtime;
  const named = env['NETRC'];
  const path = named && (await exists(deps, named)) ? named : `${home}/.netrc`;
  const read = await deps.disk.read(path);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const netrc = text?.ok ? readNetrc(text.value) : null;
  if (text && !netrc?.ok) {
    const problem = netrc?.problem ?? (text.ok ? undefined : text.problem);
    const by = trans.__('%1, which uv cannot read: on line %2, %3', path, problem?.line, problem?.what);
    return { none: { by, path, line: problem?.line } };
  }
  const entries = netrc?.ok ? netrc.value.entries : [];
  const entry = entries.findLast(e => e.host === host) ?? entries.findLast(e => e.host === 'default');
  return entry?.login?.text && entry.password?.text
    ? {
        user: entry.login.text,
        password: new Secret(entry.password.text),
        shadow: { by: path, path, line: entry.line }
      }
    : { none: { by: trans.__('%1, in which uv finds no login for %2', path, host), path } };
}
