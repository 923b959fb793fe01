import type { Agent } from 'node:http';
import type { NodeHttpHandlerOptions } from '@smithy/types';

/**
 * TCP and TLS together. 3.3 s covers the fourth SYN of a present kernel and the third of an older one
 * (facts "Timing budget"): one lost packet is never taken for a closed door.
 */
export const CONNECT_CAP_MS = 3300;

/** From the first packet to the last byte of an answer. */
export const CALL_CAP_MS = 5000;

/** The proxy's agent for an address, or undefined when it is reached directly; the network room knows the rules. */
export type AgentFor = (url: string) => Agent | undefined;

/** Kept-alive connections to one endpoint: a token and an endpoint are asked for at the same time. */
const SOCKETS = 8;

/**
 * The SDK's timeouts: none is set by default, `requestTimeout` alone only writes a warning, and `socketTimeout` does
 * not bound connecting. `ca` takes the place of the built-in authorities, as AWS_CA_BUNDLE does for the AWS CLI.
 */
export function handlerOptions(url: string, agentFor?: AgentFor, ca?: string): NodeHttpHandlerOptions {
  const proxy = agentFor?.(url);
  const direct = { keepAlive: true, maxSockets: SOCKETS };
  return {
    connectionTimeout: CONNECT_CAP_MS,
    requestTimeout: CALL_CAP_MS,
    throwOnRequestTimeout: true,
    httpAgent: (proxy as NodeHttpHandlerOptions['httpAgent']) ?? direct,
    httpsAgent: (proxy as NodeHttpHandlerOptions['httpsAgent']) ?? { ...direct, ...(ca ? { ca } : {}) }
  };
}
