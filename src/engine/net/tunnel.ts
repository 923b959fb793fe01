import { connect as netConnect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { ProxyChoice } from '../core/proxy';
import { proxyAddress } from '../core/proxy';

/** A proxy's answer to CONNECT that is not 200: an HTTP answer, not a socket's error. */
export class TunnelRefused extends Error {
  readonly code = 'ERR_PROXY_TUNNEL';
  constructor(
    readonly status: number,
    readonly server: string
  ) {
    super(`the proxy answered ${status} to CONNECT`);
  }
}

/** A proxy's head longer than this is no proxy's head. */
const LONGEST_HEAD = 16 * 1024;

/** What is needed to open a socket to a place, directly or through a proxy. */
export interface TunnelRoute {
  readonly host: string;
  readonly port: number;
  /** The address to take instead of looking the host up again; the proxy's when there is one. */
  readonly address: string;
  readonly proxy?: ProxyChoice;
}

/**
 * A TCP connection to a place, through the proxy's CONNECT when there is one. The caller owns the
 * socket; until it is handed over, `signal` destroys it. Rejects with Node's error or `TunnelRefused`.
 */
export async function openSocket(way: TunnelRoute, signal: AbortSignal): Promise<Socket> {
  const proxy = way.proxy && proxyAddress(way.proxy);
  const raw = netConnect({ host: way.address, port: proxy ? proxy.port : way.port });
  const close = () => raw.destroy();
  signal.addEventListener('abort', close, { once: true });
  try {
    await once(raw, 'connect', signal);
    if (!proxy || !way.proxy) {
      return raw;
    }
    const outer = proxy.secure
      ? tlsConnect({ socket: raw, host: proxy.host, ...(isIP(proxy.host) ? {} : { servername: proxy.host }) })
      : raw;
    if (outer !== raw) {
      await once(outer, 'secureConnect', signal);
    }
    await askForTunnel(outer, way, way.proxy, signal);
    return outer;
  } catch (error) {
    raw.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Waits for an event; the error listener is there from the first moment, so that no reset is missed. */
export function once(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () =>
      reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET', syscall: 'read' }));
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once('close', cut);
    socket.once(event, () => {
      signal.removeEventListener('abort', stop);
      socket.removeListener('close', cut);
      resolve();
    });
  });
}

function askForTunnel(
  socket: Socket,
  way: TunnelRoute,
  proxy: ProxyChoice,
  signal: AbortSignal
): Promise<void> {
  const { username, password } = new URL(proxy.url);
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    'base64'
  );
  const place = `${isIP(way.host) === 6 ? `[${way.host}]` : way.host}:${way.port}`;
  const lines = [`CONNECT ${place} HTTP/1.1`, `Host: ${place}`];
  if (username) {
    lines.push(`Proxy-Authorization: Basic ${login}`);
  }
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve, reject) => {
    let head = '';
    const leave = () => {
      socket.removeListener('data', read);
      socket.removeListener('close', cut);
      signal.removeEventListener('abort', stop);
    };
    const fail = (error: Error) => {
      leave();
      reject(error);
    };
    const stop = () => fail(signal.reason as Error);
    const cut = () =>
      fail(
        Object.assign(new Error('the proxy closed the connection'), { code: 'ECONNRESET', syscall: 'read' })
      );
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < LONGEST_HEAD) {
        return;
      }
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
      if (status === 200) {
        leave();
        resolve();
        return;
      }
      fail(new TunnelRefused(status, /^server: *([^\r]*)/im.exec(head)?.[1] ?? ''));
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', fail);
    socket.once('close', cut);
    socket.on('data', read);
  });
}
