import { Secret } from '../../core/secret/secret';
import { words } from '../../core/python-whitespace';
import { readIndexUrl } from '../text/url-credentials';
import { atLeast, type InstalledPip, installedPip } from './installed-pip';
import { COMMANDS } from './option-table';
import { absolute, exists } from './os-path';
import { type CommandSettings, isOn, readSettings, settingsOf, shadowOf } from './settings-read';
import { pipLayers } from './layers';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

/** How pip reaches an index, as far as its own options and variables say. */
export interface PipNetwork {
  /** Its `proxy` option; the URL may hold credentials. */
  readonly proxy?: { readonly url: Secret; readonly shadow: Shadow };
  /** Whether it reads HTTPS_PROXY, NO_PROXY and their like: since 24.2 not beside a proxy of its own. */
  readonly readsProxyVariables: boolean;
  /** Whether they win over its own option: before 22.1 (network/session.py, `request`). */
  readonly proxyVariablesWin: boolean;
  /** The authorities to trust in place of its own. */
  readonly certificates?: { readonly path: string; readonly shadow: Shadow };
  /** Hosts, or `host:port`, whose certificate it does not check. */
  readonly trustedHosts: readonly string[];
  /** Whether it trusts the system's authorities beside its own: since 24.2, under Python 3.10 and later. */
  readonly trustsSystem: boolean;
}

// requests takes these before what pip itself was told (sessions.py, `merge_environment_settings`).
const CERTIFICATE_VARIABLES = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];

/**
 * What one command of pip takes for the network.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/cli/index_command.py (`_build_session`)
 */
export function networkOf(
  { of }: CommandSettings,
  installed: InstalledPip,
  { runtime }: ToolsDeps
): PipNetwork {
  const proxy = of.get('proxy');
  const closed = atLeast(installed.pip, 24, 2) && (proxy !== undefined || isOn(of.get('no_proxy_env')));
  const variable = closed ? undefined : CERTIFICATE_VARIABLES.find(name => runtime.env[name]);
  const cert = of.get('cert');
  const expand = (path: string) => path.replace(/^~(?=\/|$)/, runtime.home);
  const certificates =
    variable !== undefined
      ? {
          path: runtime.env[variable]!,
          shadow: { by: trans.__('the variable %1 (%2)', variable, runtime.env[variable]), variable }
        }
      : cert && { path: expand(cert.value), shadow: shadowOf(cert) };
  return {
    ...(proxy ? { proxy: { url: new Secret(proxy.value), shadow: shadowOf(proxy) } } : {}),
    readsProxyVariables: !closed,
    proxyVariablesWin: !atLeast(installed.pip, 22, 1),
    ...(certificates ? { certificates } : {}),
    trustedHosts: words(of.get('trusted_hosts')?.value ?? '').map(word => word.text.toLowerCase()),
    trustsSystem: atLeast(installed.pip, 24, 2) && atLeast(installed.python, 3, 10)
  };
}

/** The same for the pip of an environment, as `pip install` takes it. */
export async function pipNetwork(deps: ToolsDeps): Promise<PipNetwork> {
  const installed = await installedPip(deps);
  const { loaded } = await pipLayers(deps, installed);
  const sections = readSettings(loaded, deps.runtime.env);
  return networkOf(settingsOf(sections, COMMANDS[0], installed), installed, deps);
}

/** Whether pip skips the certificate of this URL's host (network/session.py, `add_trusted_host`). */
export function isTrusted(url: string, trustedHosts: readonly string[]): boolean {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url)?.[1].toLowerCase() ?? '';
  const host = readIndexUrl(url)?.host.toLowerCase() ?? '';
  return trustedHosts.includes(authority) || trustedHosts.includes(host);
}

/** A certificate file that is not there stops pip at the first https page (requests/adapters.py, `cert_verify`). */
export async function missingCertificates(
  deps: ToolsDeps,
  network: PipNetwork,
  urls: readonly string[]
): Promise<Shadow[]> {
  const { certificates, trustedHosts } = network;
  const checked = urls.some(url => /^https:/i.test(url) && !isTrusted(url, trustedHosts));
  const path = certificates && absolute(deps, certificates.path);
  if (!certificates || !checked || !path || (await exists(deps, path))) {
    return [];
  }
  const { by, ...where } = certificates.shadow;
  return [{ by: trans.__('%1, and there is no such file: pip stops', by), ...where }];
}
