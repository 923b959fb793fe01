import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { done, type Outcome } from '../core/failure';
import { failureFromNode } from './node-error';
import type { Clock } from '../runtime/runtime';
import { addressClass } from './address-class';
import { abortReason, within } from '../runtime/deadline';
import { openSocket, type TunnelRoute } from './tunnel';
import { refusedTunnel } from './tunnel-failure';

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The head of the body, at most `mostBytes`. */
  readonly body: string;
  /** Whether the body went on. */
  readonly cut: boolean;
}

export interface GetRequest extends Pick<TunnelRoute, 'address' | 'proxy'> {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: readonly string[];
  /** Whoever answers: such a request must hold no secret. */
  readonly unverified?: true;
  /** Milliseconds, from the first SYN to the last byte that is read. */
  readonly capMs: number;
  readonly mostBytes: number;
}

export type Get = (request: GetRequest, signal: AbortSignal) => Promise<Outcome<HttpAnswer>>;

/** One GET over its own connection, closed afterwards: any status is an answer, redirects are not followed. */
export function createGet(clock: Clock): Get {
  return async (request, signal) => {
    const url = new URL(request.url);
    const secure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port) || (secure ? 443 : 80);
    const way: TunnelRoute = {
      host,
      port,
      address: request.address,
      ...(request.proxy ? { proxy: request.proxy } : {})
    };
    const started = clock.ticks();
    try {
      const answer = await within(clock, request.capMs, signal, async inner => {
        const raw = await openSocket(way, inner);
        const close = () => raw.destroy();
        inner.addEventListener('abort', close, { once: true });
        try {
          const socket = secure ? wrap(raw, host, request) : raw;
          return await ask(socket, url, request, inner);
        } finally {
          inner.removeEventListener('abort', close);
          raw.destroy();
        }
      });
      return done(answer);
    } catch (error) {
      if (signal.aborted) {
        throw abortReason(signal);
      }
      const at = {
        phase: 'http' as const,
        host,
        port,
        addressClass: addressClass(way.address),
        waitedMs: Math.round(clock.ticks() - started)
      };
      return { ok: false, failure: refusedTunnel(error, way) ?? failureFromNode(error, at) };
    }
  };
}

/** Informational answers (1xx) before the one that counts; without end they would fill the memory. */
const MOST_INFORMATION = 10;

function wrap(raw: Socket, host: string, { ca, unverified }: Pick<GetRequest, 'ca' | 'unverified'>): Socket {
  return tlsConnect({
    socket: raw,
    host,
    ...(isIP(host) ? {} : { servername: host }),
    ...(ca ? { ca: [...ca] } : {}),
    ...(unverified ? { rejectUnauthorized: false } : {}),
    ALPNProtocols: ['http/1.1']
  });
}

function ask(socket: Socket, url: URL, request: GetRequest, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      socket.destroy();
      reject(abortReason(signal));
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    const sent = httpRequest({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: {
        Host: url.host,
        Accept: '*/*',
        'Accept-Encoding': 'identity',
        Connection: 'close',
        ...request.headers
      },
      createConnection: () => socket
    });
    sent.once('error', reject);
    let informed = 0;
    sent.on('information', () => {
      informed += 1;
      if (informed > MOST_INFORMATION) {
        // As Node.js itself says of headers without end.
        sent.destroy(Object.assign(new Error('answers without end'), { code: 'HPE_HEADER_OVERFLOW' }));
      }
    });
    sent.once('response', response => {
      readHead(response, request.mostBytes).then(resolve, reject);
    });
    sent.once('close', () => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
    });
    sent.end();
  });
}

/** Reads until the limit and hangs up: a repository's list of packages can be many megabytes. */
function readHead(response: IncomingMessage, mostBytes: number): Promise<HttpAnswer> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? '')
    ])
  );
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (cut: boolean) => {
      const body = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
      resolve({ status: response.statusCode ?? 0, headers, body, cut });
      // Says "aborted" at once: nobody may be waiting for it any more.
      response.destroy();
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostBytes) {
        finish(true);
      }
    });
    response.once('end', () => finish(false));
    response.once('aborted', () =>
      reject(Object.assign(new Error('the answer was cut short'), { code: 'ECONNRESET', syscall: 'read' }))
    );
    response.once('error', reject);
  });
}
