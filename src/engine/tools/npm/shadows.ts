import { Secret } from '../../core/secret/secret';
import type { Look } from '../adapter';
import type { Shadow } from '../shadow';
import { redactUrl } from '../text/url-credentials';
import type { Expected, ToolsDeps } from '../tools-deps';
import {
  isOn,
  type NpmLayer,
  npmLayers,
  npmUserFile,
  type NpmValue,
  pathOf,
  strongest
} from './configuration';
import { npmProxy } from './proxy';
import { sameRegistry, tokenKey } from './registry-url';
import { registryOf } from '../../core/settings/npm-registry';
import { trans } from '../../core/say';

/** npm stops at these where they name no registry (`validate` of @npmcli/config); `username` and `_password` too. */
const NAMELESS = ['_auth', '_authToken', 'username', '_password', '_authtoken', '-authtoken'];

type LookFor = Pick<Expected, 'indexUrl' | 'isOurs'>;

/** What npm will use of all that it reads, and what keeps it from the connection. */
export async function npmLook(deps: ToolsDeps, { indexUrl, isOurs }: LookFor): Promise<Look> {
  const layers = await npmLayers(deps);
  const registry = registryOf(indexUrl);
  const key = tokenKey(registry);
  const path = npmUserFile(deps) ?? '';
  const own = layers.find(layer => layer.kind === 'user')?.values;
  const names = sameRegistry(String(own?.get('registry')?.value ?? ''), registry);
  const isSetUp = names || own?.has(key) === true;
  const shadows = [...stopped(layers), ...(await badPaths(deps, layers)), ...otherUserFile(layers)];
  if (isSetUp) {
    shadows.push(...otherRegistry(layers, registry, path), ...otherToken(layers, key, path, isOurs));
  }
  const proxy = npmProxy(layers, deps.runtime.env, registry);
  if (proxy?.broken) {
    shadows.push(told(proxy.from, proxy.from.key, trans.__('at which npm stops, because it names no proxy')));
  }
  const networks = proxy
    ? [{ proxy: { url: new Secret(proxy.url), shadow: told(proxy.from, proxy.from.key) } }]
    : [];
  return {
    shadows,
    uses: isSetUp,
    reads: read => read === path,
    asks: { logins: [], networks: proxy?.broken ? [] : networks, others: [] }
  };
}

function otherRegistry(layers: readonly NpmLayer[], registry: string, path: string): Shadow[] {
  const found = strongest(layers, 'registry');
  if (found && typeof found.value === 'string' && sameRegistry(found.value, registry)) {
    return [];
  }
  return found
    ? [told(found, 'registry', redactUrl(String(found.value)))]
    : [{ by: trans.__('%1, in which the registry of the connection is missing', path), path }];
}

function otherToken(
  layers: readonly NpmLayer[],
  key: string,
  path: string,
  isOurs: LookFor['isOurs'] = () => true
): Shadow[] {
  const found = strongest(layers, key);
  if (!found) {
    return [{ by: trans.__('%1, in which the token of the connection is missing', path), path }];
  }
  const { value, expanded } = found;
  return !expanded && typeof value === 'string' && (found.path === path ? isOurs(value) : false)
    ? []
    : [
        {
          ...told(found, trans.__('another token for the registry')),
          ...(found.path === path && { rewritten: true })
        }
      ];
}

/** What keeps npm from every registry, whichever it is. */
function stopped(layers: readonly NpmLayer[]): Shadow[] {
  const offline = strongest(layers, 'offline');
  const broken = layers.flatMap(({ path, problem }) =>
    path && problem
      ? [
          {
            by: trans.__('%1, which breaks npm on line %2', path, problem.line),
            path,
            ...problem
          }
        ]
      : []
  );
  const nameless = layers.flatMap(({ kind, values }) =>
    kind === 'environment'
      ? []
      : NAMELESS.flatMap(key => {
          const value = values.get(key);
          return value?.value
            ? [told(value, key, trans.__('at which npm stops, because it names no registry'))]
            : [];
        })
  );
  return [
    ...broken,
    ...nameless.slice(0, 1),
    ...(offline && isOn(offline)
      ? [told(offline, 'offline', trans.__('which keeps npm from every registry'))]
      : [])
  ];
}

/** npm reads the certificates of every place, those that another one overrides as well; no file is no certificate. */
async function badPaths(deps: ToolsDeps, layers: readonly NpmLayer[]): Promise<Shadow[]> {
  const named = layers.flatMap(({ values }) => values.get('cafile') ?? []).filter(({ value }) => value);
  const isBad = await Promise.all(
    named.map(async ({ value }) =>
      typeof value === 'string' ? deps.disk.isFolder(pathOf(value, deps)) : true
    )
  );
  const prefix = strongest(
    layers.filter(({ kind }) => kind !== 'global'),
    'prefix'
  );
  return [
    ...named
      .filter((_, i) => isBad[i])
      .map(value => told(value, 'cafile', trans.__('which breaks npm, because it names no file'))),
    ...(prefix && typeof prefix.value !== 'string'
      ? [told(prefix, 'prefix', trans.__('which breaks npm, because it names no folder'))]
      : [])
  ];
}

/** A project may name another file in place of the user's, where no variable does. */
function otherUserFile(layers: readonly NpmLayer[]): Shadow[] {
  const found = strongest(
    layers.filter(({ kind }) => kind === 'environment' || kind === 'project'),
    'userconfig'
  );
  return found?.path === undefined
    ? []
    : [told(found, 'userconfig', trans.__('which names another file in place of the one with our lines'))];
}

/** A setting with its place, in words; never a secret. */
function told({ variable, path, line }: NpmValue, what: string, why = ''): Shadow {
  const place =
    variable === undefined
      ? trans.__('%1 in %2, line %3', what, path, line)
      : trans.__('the variable %1', variable);
  const by =
    why === ''
      ? place
      : /^(at|which) /.test(why)
        ? trans.__('%1, %2', place, why)
        : trans.__('%1 (%2)', place, why);
  return variable === undefined ? { by, path, line } : { by, variable };
}
