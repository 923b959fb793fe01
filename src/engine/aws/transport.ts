import type { Agent, ClientRequest } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Readable } from 'node:stream';
import type { NodeHttpHandlerOptions } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * TCP and TLS together. 3.3 s covers the fourth SYN of a present kernel and the third of an older one
 * (facts "Timing budget"): one lost packet is never taken for a closed door.
 */
export const CONNECT_CAP_MS = 3300;

/** From the first packet to the last byte of an answer. */
export const CALL_CAP_MS = 5000;

/** Kept-alive connections to one endpoint: a token and an endpoint are asked for at the same time. */
const SOCKETS = 8;

/**
 * A connection that has been idle for longer is made anew. Servers close idle ones after some 20 s and PrivateLink forgets them
 * after 350 s; a call that meets such a moment would be told as a broken network.
 */
const IDLE_MS = 10_000;

/**
 * Far above any answer: a page of a listing holds 1,000 items of some hundred bytes. What is larger is not AWS's, and
 * must not fill the memory.
 */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

/** The same for a refusal: its longest texts have some thousand characters. */
const LARGEST_REFUSAL = 64 * 1024;

/**
 * Commas, colons and brackets: so many names and values may an answer have. A page of 1,000 items has some 20,000; each
 * costs some hundred bytes once it is parsed, so that four megabytes of `[` would be a gigabyte.
 */
const MOST_PARTS = 200_000;

const PARTS = new Set([...',:[{'].map(sign => sign.charCodeAt(0)));

/** AWS sends none, or one (100 Continue), before it answers; without end they would fill the memory. */
const MOST_INFORMATION = 10;

/** The way to AWS from here. */
export interface TransportOptions {
  /** The proxy's address for a URL, null when it is reached directly; `proxyFor(url, env, 'aws')` of the network room. */
  readonly proxyOf?: (url: string) => string | null;
  /** PEM; takes the place of the built-in authorities, as AWS_CA_BUNDLE does for the AWS CLI. */
  readonly ca?: string;
}

/** A way as a key, for what is kept per way. */
export const transportKey = (url: string, way: TransportOptions): string =>
  [url, way.proxyOf?.(url) ?? '', way.ca ?? ''].join('\n');

/**
 * The SDK's handler with every cap set: none is by default, `requestTimeout` alone only writes a warning, and
 * `socketTimeout` does not bound connecting. The SDK knows no proxies, so the agent is ours.
 */
export async function handlerFor(url: string, { proxyOf, ca }: TransportOptions): Promise<NodeHttpHandler> {
  const proxy = proxyOf?.(url);
  const options = { keepAlive: true, timeout: IDLE_MS, maxSockets: SOCKETS, ...(ca ? { ca } : {}) };
  const sdk = await import('./sdk');
  const agent = patient(proxy ? await tunnel(proxy, options) : await direct(url, options));
  const handler = new sdk.NodeHttpHandler({
    connectionTimeout: CONNECT_CAP_MS,
    requestTimeout: CALL_CAP_MS,
    throwOnRequestTimeout: true,
    httpAgent: agent as NodeHttpHandlerOptions['httpAgent'],
    httpsAgent: agent as NodeHttpHandlerOptions['httpsAgent']
  });
  const handle = handler.handle.bind(handler);
  handler.handle = async (...given) => {
    const result = await handle(...given);
    const most = result.response.statusCode < 300 ? LARGEST_ANSWER : LARGEST_REFUSAL;
    result.response.body = await bounded(result.response.body as Readable, most);
    return result;
  };
  return handler;
}

async function direct(url: string, options: AgentOptions): Promise<Agent> {
  const http = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  return new http.Agent(options);
}

/** Ends a request that is informed more often than AWS does it. The SDK does not hand out its requests; the agent sees each. */
function patient(agent: Agent): Agent {
  const { addRequest } = agent as Agent & { addRequest(request: ClientRequest, ...rest: unknown[]): void };
  return Object.assign(agent, {
    addRequest(request: ClientRequest, ...rest: unknown[]) {
      let informed = 0;
      request.on('information', () => {
        informed += 1;
        if (informed > MOST_INFORMATION) {
          request.destroy(new SyntaxError('more informational answers than AWS sends'));
        }
      });
      addRequest.call(agent, request, ...rest);
    }
  });
}

/** The body, which fails as soon as it is larger than any answer of AWS. */
async function bounded(body: Readable, most: number): Promise<Readable> {
  const { Transform } = await import('node:stream');
  let size = 0;
  let parts = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, next) {
      size += chunk.length;
      for (const byte of chunk) {
        parts += PARTS.has(byte) ? 1 : 0;
      }
      const tooLarge = size > most || parts > MOST_PARTS;
      next(tooLarge ? new SyntaxError('the answer is larger than any of AWS') : null, chunk);
    }
  });
  body.once('error', error => limit.destroy(error));
  limit.once('close', () => body.destroy());
  return body.pipe(limit);
}

/**
 * The package keeps its options for the way to the proxy and forgets them for the server behind it
 * (https-proxy-agent 9, constructor): what is to be trusted there has to be said again.
 */
async function tunnel(proxy: string, options: AgentOptions) {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const agent = new HttpsProxyAgent(proxy, options);
  Object.assign(agent.options, options);
  return agent;
}
