import { type ProxyChoice, proxyFor, withScheme } from '../core/proxy';
import type { PipNetwork } from '../tools/pip/network';
import type { Shadow } from '../tools/shadow';
import type { CheckContext } from './diagnosis';

type Env = Readonly<Record<string, string | undefined>>;

/** The proxy that the server's own pip takes to a URL. */
export const pipProxy = ({ deps, findings }: CheckContext, url: string): ProxyChoice | null =>
  proxyOf(findings.pipNetwork, deps.runtime.env, url);

/** The proxy that a pip takes: its own option, which knows no exceptions, else the one that the variables name. */
export function proxyOf(network: PipNetwork | undefined, env: Env, url: string): ProxyChoice | null {
  if (network === undefined) {
    return proxyFor(url, env, 'pip');
  }
  const { PIP_PROXY: _, ...others } = env;
  const named = network.readsProxyVariables ? proxyFor(url, others, 'pip') : null;
  // The option is for https; requests asks for ALL_PROXY after that.
  const wins = network.proxyVariablesWin && named !== null && !/^all_proxy$/i.test(named.variable);
  if (network.proxy && !wins) {
    return withScheme({ url: network.proxy.url.reveal(), variable: nameOf(network.proxy.shadow) });
  }
  return named;
}

const nameOf = ({ variable, line, path }: Shadow): string => variable ?? `line ${line} of ${path}`;

/** What names this proxy, where it is pip's own option that does and not a variable of everybody's. */
export const ownPipProxy = (network: PipNetwork | undefined, chosen: ProxyChoice): Shadow | undefined =>
  network?.proxy && nameOf(network.proxy.shadow) === chosen.variable ? network.proxy.shadow : undefined;
