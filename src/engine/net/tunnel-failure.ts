import { type Failure, failure } from '../core/failure';
import { shownProxy } from '../core/proxy';
import { TunnelRefused, type TunnelRoute } from './tunnel';

/** A proxy that answers CONNECT with a status is heard, not cut off: its verdict is `proxy`. */
export function refusedTunnel(error: unknown, way: TunnelRoute): Failure | null {
  if (!(error instanceof TunnelRefused) || !way.proxy) {
    return null;
  }
  const proxy = shownProxy(way.proxy);
  const evidence = {
    host: way.host,
    port: way.port,
    proxy,
    proxyVariable: way.proxy.variable,
    status: error.status
  };
  return error.status === 407 ? failure('http_proxy_auth', evidence) : failure('proxy_no_tunnel', evidence);
}
