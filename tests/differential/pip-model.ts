import { posix } from 'node:path';
import { done, failed } from '../../src/engine/core/failure';
import { proxyOf } from '../../src/engine/diagnosis/pip-proxy';
import { pipAnswer, type PipAnswer } from '../../src/engine/tools/pip/answer';
import { refusedLogins } from '../../src/engine/tools/pip/login';
import type { PipNetwork } from '../../src/engine/tools/pip/network';
import type { ToolsDeps } from '../../src/engine/tools/tools-deps';
import { target } from '../files/home-fixture';
import type { PipCase } from './pip-cases';
import { OUR_HOST, OURS, TOKEN } from './pip-values';

const ROOT = '/judge';
const placed = (text: string) => text.replaceAll('ROOT', ROOT);

export interface Versions {
  readonly pip: string;
  readonly python: string;
}

/** As Python's `surrogateescape`: U+DC80 to U+DCFF stand for the bytes 0x80 to 0xff. */
const bytesOf = (text: string): Buffer =>
  Buffer.concat(
    text
      .split(/([\udc80-\udcff])/u)
      .map(part =>
        /^[\udc80-\udcff]$/u.test(part) ? Buffer.from([part.charCodeAt(0) - 0xdc00]) : Buffer.from(part)
      )
  );

/** A disk in memory with the case's files, and the environment's own that tell the versions. */
export function depsOf(given: PipCase, { pip, python }: Versions): ToolsDeps {
  const lib = `${ROOT}/prefix/lib/python${python}`;
  const files = new Map(
    Object.entries(given.files).map(([path, text]) => [
      placed(path.replace('ROOT/prefix/lib/pythonX', lib)),
      text
    ])
  );
  files.set(lib, null);
  files.set(`${lib}/site-packages/pip/__init__.py`, `__version__ = "${pip}"\n`);
  const env = Object.fromEntries(Object.entries(given.env).map(([name, value]) => [name, placed(value)]));
  const folder = (path: string) =>
    path === '/' || files.get(path) === null || [...files.keys()].some(known => known.startsWith(`${path}/`));
  return {
    runtime: {
      env,
      home: env['HOME'] ?? '/root',
      cwd: `${ROOT}/work`,
      platform: 'linux'
    } as ToolsDeps['runtime'],
    disk: {
      read: (path: string) => {
        const normal = posix.normalize(path);
        if (normal === '/dev/null' || folder(normal)) {
          const code = normal === '/dev/null' ? 'ENOTFILE' : 'EISDIR';
          return Promise.resolve(failed('file_unreadable', { path, code }));
        }
        const text = files.get(normal);
        const bytes = typeof text === 'string' ? bytesOf(placed(text)) : null;
        const file = bytes && { bytes, mode: 0o600, uid: 0, gid: 0, links: 1, stamp: '' };
        return Promise.resolve(done({ path, real: path, file }));
      },
      isFolder: (path: string) => Promise.resolve(folder(posix.normalize(path)))
    } as unknown as ToolsDeps['disk'],
    dataDir: `${ROOT}/data`,
    pythonPrefix: `${ROOT}/prefix`,
    systemRoot: ROOT
  };
}

/** What the model says: whether every command installs, and which silent hosts pip waits for. */
export interface Expectation {
  readonly works: boolean;
  readonly silent: readonly string[];
  readonly why: readonly string[];
}

/** The model's answer, with the case's hosts in place of what the diagnosis asks the network. */
export async function expectation(given: PipCase, versions: Versions): Promise<Expectation> {
  const deps = depsOf(given, versions);
  const { settings } = target({ indexMode: given.mode });
  const answer = await pipAnswer(deps, { settings, indexUrl: OURS });
  const why = answer.shadows.map(shadow => shadow.by);
  why.push(...logins(answer), ...reached(deps, given, answer));
  const silent = answer.others.filter(({ url, network }) => says(deps, given, network, url) === 'silent');
  return {
    works: answer.ok && why.length === 0,
    silent: [...new Set(silent.map(({ url }) => hostOf(url)))],
    why
  };
}

const logins = ({ logins: found }: PipAnswer): string[] =>
  refusedLogins(found, ({ user, password }) => user !== 'aws' || password.reveal() !== TOKEN).map(
    ({ shadow }) => `refused: ${shadow.by}`
  );

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

function reached(deps: ToolsDeps, given: PipCase, { networks, others }: PipAnswer): string[] {
  const ours = [...networks.values()].map(network => says(deps, given, network, OURS));
  const locked = others.filter(
    ({ url, network, prompts }) => prompts && says(deps, given, network, url) === 'locked'
  );
  return [
    ...ours.filter(said => said === 'silent' || said === 'refused').map(said => `${OUR_HOST} ${said}`),
    ...locked.map(({ url }) => `${url} wants a password`)
  ];
}

/** What a host says by the way that pip takes to it. */
function says({ runtime }: ToolsDeps, given: PipCase, network: PipNetwork, url: string): string {
  const proxy = proxyOf(network, runtime.env, url)?.url;
  const place = proxy ? hostOf(proxy) : hostOf(url);
  if (place === '') {
    return 'refused';
  }
  const first = given.hosts[place] ?? 'refused';
  return proxy && first === 'open' ? (given.hosts[hostOf(url)] ?? 'refused') : first;
}
