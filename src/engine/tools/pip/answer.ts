import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { type OtherIndex, otherIndexes } from './asked-indexes';
import { type PipEffective, pipEffective } from './effective';
import { type Login, netrcLogin, type PipLogin, pipLogin } from './login';
import { missingCertificates, networkOf, type PipNetwork } from './network';
import type { Command } from './option-table';
import { refusedProxy } from './refused-proxy';
import type { Shadow } from '../shadow';
import type { Expected, ToolsDeps } from '../tools-deps';

/** What the pip of one environment makes of its files and variables. */
export interface PipAnswer {
  readonly pip: PipEffective;
  readonly login: PipLogin['kind'];
  readonly shadows: readonly Shadow[];
  /** Whether it uses the expected index, with credentials for it. */
  readonly ok: boolean;
  /** What it sends to our index; whether that is accepted, the index decides. */
  readonly logins: readonly Login[];
  /** How each command gets to our index. */
  readonly networks: ReadonlyMap<Command, PipNetwork>;
  /** What it asks beside our index. */
  readonly others: readonly OtherIndex[];
}

/** Asks the pip of `deps.pythonPrefix`, started with `deps.runtime.env`. */
export async function pipAnswer(
  deps: ToolsDeps,
  { settings, indexUrl }: Pick<Expected, 'settings' | 'indexUrl'>
): Promise<PipAnswer> {
  const pip = await pipEffective(deps, settings.indexMode, indexUrl);
  const login = await pipLogin(deps, pip, indexUrl);
  const networks = new Map(
    [...pip.commands].map(([command, settings]) => [command, networkOf(settings, pip.installed, deps)])
  );
  const asked = await Promise.all(
    otherIndexes(pip, networks, indexUrl).map(async other => ({
      other,
      netrc: other.hasLogin ? null : await netrcLogin(deps, pip.installed, readIndexUrl(other.url)!.host)
    }))
  );
  const others = asked.map(({ other, netrc }) => ({
    ...other,
    hasLogin: netrc === null || !('by' in netrc)
  }));
  const stops = asked.flatMap(({ netrc }) => (netrc && 'by' in netrc && netrc.stops ? [netrc] : []));
  const missing = await Promise.all(
    [...networks.values()].map(network => {
      const asked = others.filter(other => other.network === network).map(({ url }) => url);
      return missingCertificates(deps, network, [indexUrl, ...asked]);
    })
  );
  const proxies = await Promise.all(
    [...networks.values()].flatMap(network =>
      [indexUrl, ...others.filter(other => other.network === network).map(({ url }) => url)].map(url =>
        refusedProxy(deps, network, pip.installed, url)
      )
    )
  );
  const byWhat = new Map(
    [...pip.shadows, ...missing.flat(), ...proxies.flat(), ...stops, ...login.shadows].map(shadow => [
      shadow.by,
      shadow
    ])
  );
  const shadows = [...byWhat.values()];
  const ok = shadows.length === 0 && pip.used.some(url => sameIndex(url, indexUrl));
  return { pip, login: login.kind, shadows, ok, logins: login.logins, networks, others };
}

/**
 * The environment that a terminal has activated: its pip is the one that is typed there. Where one stands
 * on another (a venv in a conda environment), the first on PATH.
 */
function activatedPrefix({ runtime }: ToolsDeps): string | undefined {
  const { VIRTUAL_ENV, CONDA_PREFIX, PATH = '' } = runtime.env;
  const prefixes = [VIRTUAL_ENV, CONDA_PREFIX].filter(prefix => Boolean(prefix));
  const folders = PATH.split(':');
  const first = folders.find(folder => prefixes.some(prefix => folder === `${prefix}/bin`));
  return prefixes.find(prefix => `${prefix}/bin` === first) ?? prefixes[0];
}

/** The pip that is typed in the terminal, where that is another one than the server's. */
export async function terminalAnswer(deps: ToolsDeps, expected: Expected): Promise<PipAnswer | null> {
  const prefix = activatedPrefix(deps);
  return prefix === undefined || prefix === deps.pythonPrefix
    ? null
    : pipAnswer({ ...deps, pythonPrefix: prefix }, expected);
}
