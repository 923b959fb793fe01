import type { Look } from '../adapter';
import { knowsHost } from '../netrc/netrc-edit';
import { readNetrc } from '../netrc/netrc';
import { netrcFile } from '../paths';
import type { Shadow } from '../shadow';
import { decodeUtf8 } from '../text/decode';
import { readIndexUrl, redactUrl, sameIndex } from '../text/url-credentials';
import type { Expected, ToolsDeps } from '../tools-deps';
import { SOURCE } from './auth-edit';
import { lineOf, poetryFiles, type PoetryFile, poetryFolder, tableOf, type Toml } from './configuration';
import { trans } from '../../core/say';

/**
 * What keeps Poetry from the connection. Variables win over every file, and a project's poetry.toml over auth.toml.
 * https://github.com/python-poetry/poetry/blob/main/src/poetry/config/config.py (`get`), factory.py (`create_poetry`)
 */
export async function poetryLook(
  deps: ToolsDeps,
  { indexUrl, isOurs = () => true }: Pick<Expected, 'indexUrl' | 'isOurs'>
): Promise<Look> {
  const folder = await poetryFolder(deps);
  const own = folder.ok ? `${folder.value}/auth.toml` : '';
  const { settings, project } = await poetryFiles(deps);
  const files = [...settings, ...(project ? [project] : [])];
  const stopped = files.flatMap(({ path, problem }) =>
    problem
      ? [
          {
            by: trans.__(
              '%1, which Poetry cannot read: on line %2, it is not valid TOML',
              path,
              problem.line
            ),
            path,
            ...problem
          }
        ]
      : []
  );
  const auth = settings.find(({ path }) => path === own);
  const password = credentialsOf(auth, SOURCE)?.['password'];
  const isSetUp = typeof password === 'string';
  const shadows = [
    ...stopped,
    ...(isSetUp
      ? [
          ...(auth && !isOurs(password) ? [otherPassword(auth)] : []),
          ...variableShadows(deps.runtime.env),
          ...settings.filter(file => file !== auth && isStronger(file, settings, auth)).flatMap(fileShadow),
          ...(project ? await sourceShadows(deps, project, settings, indexUrl) : [])
        ]
      : [])
  ];
  return { shadows, uses: isSetUp, reads: path => path === own };
}

const otherPassword = (auth: PoetryFile): Shadow => {
  const line = lineOf(auth, SOURCE);
  const by = trans.__(
    'http-basic.%1 in %2, line %3, whose password is not the token of the connection',
    SOURCE,
    auth.path,
    line
  );
  return { by, path: auth.path, line, rewritten: true };
};

const credentialsOf = (file: PoetryFile | undefined, name: string): Toml | undefined =>
  tableOf(tableOf(file?.data['http-basic'])?.[name]);

const isStronger = (file: PoetryFile, all: readonly PoetryFile[], auth: PoetryFile | undefined): boolean =>
  auth !== undefined && all.indexOf(file) < all.indexOf(auth);

const variableOf = (name: string, what: string): string =>
  `POETRY_HTTP_BASIC_${name.toUpperCase().replaceAll('-', '_')}_${what}`;

function variableShadows(env: ToolsDeps['runtime']['env']): Shadow[] {
  const [user, password] = ['USERNAME', 'PASSWORD'].map(what => variableOf(SOURCE, what));
  return [
    ...(env[user] !== undefined && env[user] !== 'aws'
      ? [{ by: trans.__('the variable %1, which is not aws', user), variable: user }]
      : []),
    ...(env[password] !== undefined
      ? [
          {
            by: trans.__('the variable %1, which Poetry takes in place of our token', password),
            variable: password
          }
        ]
      : [])
  ];
}

function fileShadow(file: PoetryFile): Shadow[] {
  const { path } = file;
  const found = credentialsOf(file, SOURCE);
  const isOther = found && ('password' in found || (found['username'] ?? 'aws') !== 'aws');
  const line = lineOf(file, SOURCE);
  return isOther
    ? [
        {
          by: trans.__(
            'http-basic.%1 in %2, line %3, which Poetry takes in place of our token',
            SOURCE,
            path,
            line
          ),
          path,
          line
        }
      ]
    : [];
}

/** Poetry finds a password by the source's name: ours is of no use to the same index under another one. */
async function sourceShadows(
  deps: ToolsDeps,
  project: PoetryFile,
  settings: readonly PoetryFile[],
  indexUrl: string
): Promise<Shadow[]> {
  const listed = tableOf(tableOf(project.data['tool'])?.['poetry'])?.['source'];
  const sources = (Array.isArray(listed) ? listed : []).flatMap(one => {
    const { name, url } = tableOf(one) ?? {};
    return typeof name === 'string' && typeof url === 'string' ? [{ name, url }] : [];
  });
  const shadows = await Promise.all(
    sources.map(async ({ name, url }): Promise<Shadow[]> => {
      const { path } = project;
      const line = lineOf(project, url);
      const told = (why: string) => [
        {
          by: trans.__('the source %1 in %2, line %3 (%4), %5', name, path, line, redactUrl(url), why),
          path,
          line
        }
      ];
      if (!sameIndex(url, indexUrl)) {
        return name === SOURCE ? told(trans.__('which has the name of our source and another address')) : [];
      }
      if (readIndexUrl(url)?.password != null) {
        return told(trans.__('whose address holds a password of its own'));
      }
      return name === SOURCE || (await hasOther(deps, name, settings, indexUrl))
        ? []
        : told(trans.__('which is not named %1, so that Poetry has no token for it', SOURCE));
    })
  );
  return shadows.flat();
}

/** Whether Poetry finds a password for a source of another name: in its files and variables, or in the netrc, as requests does. */
async function hasOther(
  deps: ToolsDeps,
  name: string,
  settings: readonly PoetryFile[],
  indexUrl: string
): Promise<boolean> {
  if (
    deps.runtime.env[variableOf(name, 'PASSWORD')] !== undefined ||
    settings.some(file => credentialsOf(file, name)?.['password'] !== undefined)
  ) {
    return true;
  }
  const path = await netrcFile(deps);
  const read = path.ok ? await deps.disk.read(path.value) : null;
  const text = read?.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const netrc = text?.ok ? readNetrc(text.value) : null;
  return netrc?.ok === true && knowsHost(netrc.value, readIndexUrl(indexUrl)!.host);
}
