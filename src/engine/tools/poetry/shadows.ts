import { Secret } from '../../core/secret/secret';
import type { Look } from '../adapter';
import type { Login } from '../pip/login';
import type { Shadow } from '../shadow';
import { readIndexUrl, redactUrl, sameIndex } from '../text/url-credentials';
import type { Expected, ToolsDeps } from '../tools-deps';
import { SOURCE } from './auth-edit';
import { repositories, sentTo, type Source } from './credentials';
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
  const found = isSetUp ? await ofSources(deps, { settings, project, own: auth!, indexUrl, isOurs }) : [];
  const shadows = [...stopped, ...found.flatMap(one => ('by' in one ? [one] : []))];
  const logins = found.flatMap(one => ('by' in one ? [] : [one]));
  return {
    shadows,
    uses: isSetUp,
    reads: path => path === own,
    asks: { logins, networks: [], others: [] }
  };
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

interface Looked {
  readonly settings: readonly PoetryFile[];
  readonly project?: PoetryFile;
  /** The auth.toml with our table. */
  readonly own: PoetryFile;
  readonly indexUrl: string;
  readonly isOurs: (password: string) => boolean;
}

/** What the sources of the project that are our repository are sent, and what is in their way. */
async function ofSources(
  deps: ToolsDeps,
  { settings, project, own, indexUrl, isOurs }: Looked
): Promise<(Shadow | Login)[]> {
  const listed = tableOf(tableOf(project?.data['tool'])?.['poetry'])?.['source'];
  const sources = (Array.isArray(listed) ? listed : []).flatMap(one => {
    const { name, url } = tableOf(one) ?? {};
    return typeof name === 'string' && typeof url === 'string' ? [{ name, url }] : [];
  });
  const told = ({ name, url }: Source, why: string): Shadow => {
    if (!project) {
      return { by: trans.__('the source %1, %2', name, why), path: own.path };
    }
    const { path } = project;
    const line = lineOf(project, url);
    const by = trans.__('the source %1 in %2, line %3 (%4), %5', name, path, line, redactUrl(url), why);
    return { by, path, line };
  };
  const lower = (url: string): string => {
    const { bare, host } = readIndexUrl(url) ?? { bare: url, host: '' };
    return bare.replace(host, host.toLowerCase());
  };
  const isOurIndex = ({ url }: Source) => sameIndex(lower(url), lower(indexUrl));
  const known = repositories(settings, deps.runtime.env, sources);
  const taken = sources.filter(source => source.name === SOURCE && !isOurIndex(source));
  const ours = sources.filter(isOurIndex);
  // `poetry source add` has not been run in this project: it will add this one.
  const asked = ours.length > 0 || taken.length > 0 ? ours : [{ name: SOURCE, url: indexUrl }];
  const found = await Promise.all(
    asked.map(async (source): Promise<(Shadow | Login)[]> => {
      const { sent, of } = await sentTo(deps, settings, source, known);
      if (!sent) {
        return [
          told(
            source,
            of === undefined || of === source.name
              ? trans.__('which is not named %1, so that Poetry has no token for it', SOURCE)
              : trans.__('for which Poetry takes the password of the source %1, which has none', of)
          )
        ];
      }
      const shadow = sent.shadow.by
        ? sent.shadow
        : told(source, trans.__('whose address holds a password of its own'));
      if (sent.user !== 'aws') {
        const { by, ...where } = sent.userShadow ?? shadow;
        return [{ by: trans.__('%1, which is not aws', by), ...where }];
      }
      if (sent.of === SOURCE && sent.shadow.path === own.path) {
        return isOurs(sent.password) ? [] : [otherPassword(own)];
      }
      const password = new Secret(sent.password);
      return [{ command: 'install', user: sent.user, password, shadow, prompts: true }];
    })
  );
  return [
    ...taken.map(source => told(source, trans.__('which has the name of our source and another address'))),
    // Two sources may have one reason.
    ...new Map(found.flat().map(one => ['by' in one ? one.by : one, one])).values()
  ];
}
