import { trans } from '../../core/say';
import { netrcLogin } from '../pip/login';
import type { Shadow } from '../shadow';
import { readIndexUrl } from '../text/url-credentials';
import type { ToolsDeps } from '../tools-deps';
import { lineOf, type PoetryFile, tableOf } from './configuration';

/** What Poetry sends to a source, and what holds it. */
export interface Sent {
  readonly user: string;
  readonly password: string;
  /** What holds the password; nothing of `by` where it stands in the source's own address. */
  readonly shadow: Shadow;
  /** What holds the user, where that is something else. */
  readonly userShadow?: Shadow;
  /** The source whose credentials it takes; none for those of an address or a netrc. */
  readonly of?: string;
}

type Env = ToolsDeps['runtime']['env'];

/** A source of a project, or a repository of the configuration. */
export interface Source {
  readonly name: string;
  readonly url: string;
}

interface Place {
  readonly text: string;
  readonly shadow: Shadow;
}

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** As Python's urlsplit: the host and port stay as they are written. */
function splitUrl(url: string): { scheme: string; netloc: string; parts: readonly string[] } {
  const [, scheme = '', netloc = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return { scheme: scheme.toLowerCase(), netloc, parts: partsOf(path) };
}

/** The variable of a setting. https://python-poetry.org/docs/configuration/#using-environment-variables */
const variableOf = (...keys: readonly string[]): string =>
  `POETRY_${keys.map(key => key.toUpperCase().replaceAll('-', '_')).join('_')}`;

/** A setting of a source: a variable wins over every file, and the files come with the strongest first. */
function settingOf(
  files: readonly PoetryFile[],
  env: Env,
  group: string,
  name: string,
  key: string
): Place | null {
  const variable = variableOf(group, name, key);
  const set = env[variable];
  if (set !== undefined) {
    return { text: set, shadow: { by: trans.__('the variable %1', variable), variable } };
  }
  for (const file of files) {
    const value = tableOf(tableOf(file.data[group])?.[name])?.[key];
    if (value !== undefined) {
      const line = lineOf(file, name);
      const by = trans.__('%1.%2 in %3, line %4', group, name, file.path, line);
      return { text: String(value), shadow: { by, path: file.path, line } };
    }
  }
  return null;
}

/**
 * Every repository that Poetry knows by name, in its order. Variables that name one hide those of the files.
 * https://github.com/python-poetry/poetry/blob/main/src/poetry/factory.py (`create_poetry`) and config/config.py (`get`)
 */
export function repositories(
  files: readonly PoetryFile[],
  env: Env,
  sources: readonly Source[]
): Map<string, string> {
  const inVariables = Object.keys(env).flatMap(
    name => /^POETRY_REPOSITORIES_([A-Z_]+)_URL/.exec(name)?.[1].toLowerCase().replaceAll('_', '-') ?? []
  );
  // The weakest file is read first.
  const inFiles = [...files]
    .reverse()
    .flatMap(({ data }) => Object.keys(tableOf(data['repositories']) ?? {}));
  const known = inVariables.length > 0 ? inVariables : inFiles;
  const added = sources.filter(({ name }) => !known.includes(name));
  const names = inVariables.length > 0 ? inVariables : [...inFiles, ...added.map(({ name }) => name)];
  const urls = new Map(added.map(({ name, url }) => [name, url]));
  return new Map(
    names.map(name => [
      name,
      settingOf(files, env, 'repositories', name, 'url')?.text ?? urls.get(name) ?? ''
    ])
  );
}

/**
 * The repository whose credentials a request takes: of those at the same host, the one that has most of the path in common.
 * https://github.com/python-poetry/poetry/blob/main/src/poetry/utils/authenticator.py (`_get_repository_config_for_url`)
 */
function chosenFor(url: string, known: ReadonlyMap<string, string>): string | undefined {
  const asked = splitUrl(url);
  const ranked = [...known].flatMap(([name, place]) => {
    const own = splitUrl(place);
    if (own.netloc !== asked.netloc || (own.scheme === 'https' && asked.scheme !== 'https')) {
      return [];
    }
    const end = own.parts.findIndex((part, i) => part !== asked.parts[i]);
    return [{ name, shared: end < 0 ? own.parts.length : end, isWithin: end < 0 }];
  });
  ranked.sort((a, b) => b.shared - a.shared || Number(b.isWithin) - Number(a.isWithin));
  return ranked[0]?.name;
}

/** What Poetry sends to a source: null when it has nothing. `of` is the name whose credentials it looked for. */
export async function sentTo(
  deps: ToolsDeps,
  files: readonly PoetryFile[],
  source: Source,
  known: ReadonlyMap<string, string>
): Promise<{ readonly sent: Sent | null; readonly of?: string }> {
  const { env } = deps.runtime;
  const all = source.url.split('/');
  const url = `${all.slice(0, all.findLastIndex(part => part !== '') + 1).join('/')}/`;
  const read = readIndexUrl(url);
  if (splitUrl(url).netloc.includes('@')) {
    return { sent: { user: read?.user ?? '', password: read?.password ?? '', shadow: { by: '' } } };
  }
  const of = chosenFor(url, new Map([...known, [source.name, url]]));
  const [user, password] = ['username', 'password'].map(key =>
    of === undefined ? null : settingOf(files, env, 'http-basic', of, key)
  );
  if (user?.text || password?.text) {
    const { shadow } = (password ?? user)!;
    const userShadow = user?.shadow;
    return {
      sent: {
        user: user?.text ?? '',
        password: password?.text ?? '',
        shadow,
        ...(userShadow && { userShadow }),
        of
      },
      of
    };
  }
  const netrc = await netrcLogin(deps, { python: null }, read?.host.toLowerCase() ?? '');
  if ('by' in netrc) {
    return { sent: null, of };
  }
  return { sent: { user: netrc.user, password: netrc.password.reveal(), shadow: netrc.shadow }, of };
}
