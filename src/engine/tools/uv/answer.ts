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
import { hasOwnLogin, uvLogin } from './login';
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
  const same = [...uv.others, uv.default].filter(
    (index): index is UvIndexSetting => index !== undefined && sameIndex(index.url, indexUrl)
  );
  const speaks = same.find(index => hasOwnLogin(deps, index)) ?? ours;
  const login = await uvLogin(deps, speaks, told(speaks));
  const network = networkOf(uv.files, indexUrl);
  return {
    shadows: 'none' in login ? [...stopped, login.none] : stopped,
    uses: true,
    logins: 'none' in login ? [] : [{ ...login, command: 'install', prompts: true }],
    networks: [network],
    others: await othersOf(deps, uv, ours, network)
  };
}

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

/** Every other index and page of links that uv asks before it has a package of ours; it stops where one does not answer. */
async function othersOf(
  deps: ToolsDeps,
  uv: UvEffective,
  ours: UvIndexSetting,
  network: PipNetwork
): Promise<OtherIndex[]> {
  const strategy =
    deps.runtime.env['UV_INDEX_STRATEGY'] ?? strongest(uv.files, 'index-strategy', true, true)?.value;
  const unsafe = typeof strategy === 'string' && strategy.startsWith('unsafe');
  const all = [...uv.others, ...(uv.default ? [uv.default] : [])];
  const asked = unsafe ? all.filter(index => index !== ours) : all.slice(0, all.indexOf(ours));
  const place = async (index: UvIndexSetting, prompts: boolean): Promise<OtherIndex[]> => {
    const url = /^https?:/i.test(index.url) ? readIndexUrl(index.url) : null;
    if (!url || !URL.canParse(index.url)) {
      return [];
    }
    const hasLogin = url.user !== null || !('none' in (await uvLogin(deps, index, told(index))));
    const shadow = told(index);
    return [{ url: url.bare, hasLogin, network, shadow, prompts, stops: true, ...NO_COST }];
  };
  const indexes = asked.map(index => place(index, !unsafe && !index.ignoredCodes?.includes(401)));
  return (await Promise.all([...indexes, ...uv.links.map(link => place(link, true))])).flat();
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
