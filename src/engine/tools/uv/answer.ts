import type { Settings } from '../../../protocol/settings';
import { Secret } from '../../core/secret/secret';
import { words } from '../../core/python-whitespace';
import { readIndexUrl, redactUrl, sameIndex } from '../text/url-credentials';
import type { OtherIndex } from '../pip/asked-indexes';
import type { Login } from '../pip/login';
import type { PipNetwork } from '../pip/network';
import { exists } from '../pip/os-path';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { lineOf, strongest, type UvFile, type UvIndexSetting } from './configuration';
import { uvLogins } from './login';
import { told, type UvEffective, uvEffective, uvIndexShadows } from './shadows';
import { trans } from '../../core/say';

/** What uv makes of its files and variables; what only the network can tell is asked there. */
export interface UvAnswer {
  readonly shadows: readonly Shadow[];
  /** Whether a file or variable names our index at all. */
  readonly uses: boolean;
  readonly logins: readonly Login[];
  readonly networks: readonly PipNetwork[];
  readonly others: readonly OtherIndex[];
}

/** Asks the uv that is started with `deps.runtime.env` in its folder. */
export async function uvAnswer(
  deps: ToolsDeps,
  mode: Settings['indexMode'],
  indexUrl: string
): Promise<UvAnswer> {
  const uv = await uvEffective(deps);
  const stopped = [...(await uvIndexShadows(deps, uv, mode, indexUrl)), ...(await missingFiles(deps, uv))];
  const ours = oursIn(uv, mode, indexUrl);
  if (!ours) {
    return { shadows: stopped, uses: false, logins: [], networks: [], others: [] };
  }
  const logins = await uvLogins(deps, uv.all, ours, told);
  const asked = askedBeside(deps, uv, ours);
  const network = networkOf(uv.files, indexUrl);
  // Other repositories of the domain take the same token, so ours can be asked whether theirs is good.
  const sisters = await Promise.all(
    asked
      .filter(({ index }) => hostOf(index) === hostOf(ours))
      .map(async ({ index, prompts }) => ({ prompts, found: await uvLogins(deps, uv.all, index, told) }))
  );
  const sent = [{ prompts: true, found: logins }, ...sisters];
  return {
    shadows: [...stopped, ...logins.flatMap(login => ('none' in login ? [login.none] : []))],
    uses: true,
    logins: sent.flatMap(({ prompts, found }) =>
      found.flatMap(login => ('none' in login ? [] : [{ ...login, command: 'install' as const, prompts }]))
    ),
    networks: [network],
    others: await othersOf(deps, uv, asked, network)
  };
}

const hostOf = ({ url }: UvIndexSetting): string | undefined => readIndexUrl(url)?.host.toLowerCase();

/** What keeps uv from the connection, as far as files and variables say. */
export const uvShadows = async (
  deps: ToolsDeps,
  mode: Settings['indexMode'],
  indexUrl: string
): Promise<readonly Shadow[]> => (await uvAnswer(deps, mode, indexUrl)).shadows;

/** Our index where uv meets it first; with the mode "index-url" it must be the default too. */
function oursIn(uv: UvEffective, mode: Settings['indexMode'], indexUrl: string): UvIndexSetting | undefined {
  const isOurs = (index: UvIndexSetting | undefined) => index !== undefined && sameIndex(index.url, indexUrl);
  return mode === 'index-url' && !isOurs(uv.default) ? undefined : [...uv.others, uv.default].find(isOurs);
}

interface Asked {
  readonly index: UvIndexSetting;
  /** Whether uv stops where it is refused. */
  readonly prompts: boolean;
}

/** Every other index and page of links that uv asks before it has a package of ours; it stops where one does not answer. */
function askedBeside(deps: ToolsDeps, uv: UvEffective, ours: UvIndexSetting): Asked[] {
  const strategy =
    deps.runtime.env['UV_INDEX_STRATEGY'] ?? strongest(uv.files, 'index-strategy', true, true)?.value;
  const unsafe = typeof strategy === 'string' && strategy.startsWith('unsafe');
  const all = [...uv.others, ...(uv.default ? [uv.default] : [])];
  const asked = unsafe ? all.filter(index => index !== ours) : all.slice(0, all.indexOf(ours));
  return [
    ...asked.map(index => ({ index, prompts: !unsafe && !index.ignoredCodes?.includes(401) })),
    ...uv.links.map(index => ({ index, prompts: true }))
  ];
}

async function othersOf(
  deps: ToolsDeps,
  uv: UvEffective,
  asked: readonly Asked[],
  network: PipNetwork
): Promise<OtherIndex[]> {
  const found = asked.map(async ({ index, prompts }): Promise<OtherIndex[]> => {
    const url = /^https?:/i.test(index.url) ? readIndexUrl(index.url) : null;
    if (!url || !URL.canParse(index.url)) {
      return [];
    }
    const logins = await uvLogins(deps, uv.all, index, told);
    const hasLogin = logins.every(login => !('none' in login));
    return [{ url: url.bare, hasLogin, network, shadow: told(index), prompts, stops: true, ...NO_COST }];
  });
  return (await Promise.all(found)).flat();
}

// uv does not wait and go on: it stops.
const NO_COST = { silentSeconds: 0, refusedSeconds: 0 } as const;

/** `http-proxy` and `https-proxy` of the files come before the variables. */
function networkOf(files: readonly UvFile[], indexUrl: string): PipNetwork {
  const key = /^https:/i.test(indexUrl) ? 'https-proxy' : 'http-proxy';
  const found = strongest(files, key, false, true);
  const url = typeof found?.value === 'string' ? found.value : undefined;
  const line = found && lineOf(found.file, new RegExp(`^[ \\t]*["']?${key}["']?[ \\t]*=`));
  const shadow = found && {
    by: trans.__('%1 in %2, line %3 (%4)', key, found.file.path, line, redactUrl(url ?? '')),
    path: found.file.path,
    line
  };
  return {
    ...(url && shadow ? { proxy: { url: new Secret(url), shadow } } : {}),
    readsProxyVariables: url === undefined,
    proxyVariablesWin: false,
    trustedHosts: [],
    trustsSystem: true
  };
}

// Lists of files, and one interpreter.
const LISTS = ['UV_CONSTRAINT', 'UV_OVERRIDE', 'UV_BUILD_CONSTRAINT'] as const;

async function missingFiles(deps: ToolsDeps, { links }: UvEffective): Promise<Shadow[]> {
  const { env } = deps.runtime;
  const python = env['UV_PYTHON'] ?? '';
  const wanted: [string, Shadow][] = [
    ...LISTS.flatMap(variable =>
      words(env[variable] ?? '').map(({ text }): [string, Shadow] => [
        text,
        { by: trans.__('the variable %1', variable), variable }
      ])
    ),
    ...(python
      ? [[python, { by: trans.__('the variable UV_PYTHON'), variable: 'UV_PYTHON' }] as [string, Shadow]]
      : []),
    ...links.map((link): [string, Shadow] => [link.url, told(link)])
  ];
  const found = wanted
    .filter(([path]) => path.startsWith('/'))
    .map(async ([path, { by, ...where }]) =>
      (await exists(deps, path))
        ? []
        : [{ by: trans.__('%1, and there is no %2: uv stops', by, path), ...where }]
    );
  return (await Promise.all(found)).flat();
}
