import { type ProxyChoice, proxyFor, withScheme } from '../net/proxy';
import type { PipNetwork } from '../tools/pip/network';
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
  if (network.proxy) {
    const { variable, line, path } = network.proxy.shadow;
    return withScheme({ url: network.proxy.url.reveal(), variable: variable ?? `line ${line} of ${path}` });
  }
  const { PIP_PROXY: _, ...others } = env;
  return network.readsProxyVariables ? proxyFor(url, others, 'pip') : null;
}
