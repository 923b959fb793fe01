import { trans } from '../../core/say';
import { proxyFor } from '../../core/proxy';
import { redactUrl } from '../text/url-credentials';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { atLeast, type InstalledPip } from './installed-pip';
import type { PipNetwork } from './network';
import { exists } from './os-path';

/**
 * A proxy that pip refuses before it asks anything. urllib3 takes `proxy:3128` for an address with the scheme `proxy`,
 * and `proxy.corp:3128` for a host; for SOCKS it needs PySocks beside it.
 * https://github.com/psf/requests/blob/main/src/requests/adapters.py (`get_connection_with_tls_context`)
 */
export async function refusedProxy(
  deps: ToolsDeps,
  network: PipNetwork,
  installed: InstalledPip,
  url: string
): Promise<Shadow[]> {
  const { PIP_PROXY: _, ...env } = deps.runtime.env;
  const named = network.readsProxyVariables ? proxyFor(url, env, 'pip')?.variable : undefined;
  const wins = network.proxyVariablesWin && named !== undefined && !/^all_proxy$/i.test(named);
  const own = wins ? undefined : network.proxy;
  const text = own ? own.url.reveal() : named && env[named];
  if (!text) {
    return [];
  }
  const { by, ...where } = own
    ? own.shadow
    : { by: trans.__('the variable %1 (%2)', named, redactUrl(text)), variable: named };
  const scheme = isPort(text, installed) ? undefined : /^([a-z][a-z0-9+-]*):/i.exec(text)?.[1].toLowerCase();
  if (scheme?.startsWith('socks')) {
    return (await hasSocks(deps, installed))
      ? []
      : [{ by: trans.__('%1, for which pip needs the package PySocks: pip stops', by), ...where }];
  }
  const isWhole = scheme === undefined || /^https?:\/\/[^/?#]/i.test(text);
  return isWhole
    ? []
    : [{ by: trans.__('%1, which pip cannot read without http:// and a host: pip stops', by), ...where }];
}

/** Before Python 3.9, urlsplit took digits behind a colon for a port; requests asks it up to 2.26, which pip 21.3 has. */
const isPort = (text: string, { pip, python }: InstalledPip): boolean =>
  /^[^:]+:\d+$/.test(text) && !atLeast(pip, 22, 0) && python !== null && !atLeast(python, 3, 9);

async function hasSocks(deps: ToolsDeps, { python }: InstalledPip): Promise<boolean> {
  const [major, minor] = python ?? [];
  return (
    deps.pythonPrefix !== undefined &&
    (await exists(deps, `${deps.pythonPrefix}/lib/python${major}.${minor}/site-packages/socks.py`))
  );
}
