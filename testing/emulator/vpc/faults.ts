import type { Socket } from 'node:net';
import { errorAnswer, ApiError, throttled } from '../api/api-error';
import type { Answer } from '../http/answer';
import type { Fault, PortName } from '../world/world';

/** What stands in for the service's answer; `never` leaves the client waiting, undefined lets the service answer. */
export type Instead = Answer | 'never' | 'reset' | undefined;

const proxyPage = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', server: 'proxy', via: '1.1 proxy.corp.example' },
  body:
    '<!DOCTYPE html>\n<html><head><title>Access to this site is blocked</title></head>\n' +
    '<body><h1>Access to this site is blocked</h1><p>Ask your network team.</p></body></html>\n'
});

function serviceError(port: PortName, status: number): Answer {
  if (port === 'index')
    return { status, headers: { 'content-type': 'text/plain' }, body: 'Internal server error' };
  const code = status === 503 ? 'ServiceUnavailableException' : 'InternalServerException';
  return errorAnswer(new ApiError(code, status, 'Internal server error'));
}

export function insteadOf(fault: Fault, port: PortName): Instead {
  switch (fault.kind) {
    case 'silent':
      return 'never';
    // Connections that were open before the fault feel it on their next request.
    case 'handshake_silent':
      return 'never';
    case 'reset':
    case 'handshake_reset':
      return 'reset';
    case 'throttled':
      return errorAnswer(throttled(fault.retryAfterSeconds));
    case 'error':
      return serviceError(port, fault.status);
    case 'proxy_page':
      return proxyPage(fault.status);
    case 'garbage':
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"authorizationToken": "\u0000\u0001'
      };
    default:
      return undefined;
  }
}

/** What happens to a connection before a byte of it is read. */
export type Greeting = 'serve' | 'reset' | 'ignore' | 'reset_on_data';

export function greetingOf(fault: Fault): Greeting {
  if (fault.kind === 'reset') return 'reset';
  if (fault.kind === 'handshake_reset') return 'reset_on_data';
  return fault.kind === 'handshake_silent' ? 'ignore' : 'serve';
}

/** RST, not FIN: a middlebox's way to end a connection. */
export function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}
