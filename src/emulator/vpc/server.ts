import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { send, type Answer } from '../http/answer';
import { readCall, type Call } from '../http/call';
import { reset, type Instead } from './faults';
import type { Droppable } from './port';

export interface Tls {
  /** PEM, leaf first. */
  cert: string;
  key: string;
}

export type Handler = (
  call: Call
) => Promise<{ answer: Instead; at: number }> | { answer: Instead; at: number };

/** An HTTP or HTTPS server around a handler; a request that breaks the emulator itself says so with 599. */
export function createHttpServer(
  handler: Handler,
  tls?: Tls,
  onConnection?: (reset: () => void) => void
): Droppable {
  const listener: RequestListener = (request, response) => void respond(handler, request, response);
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  if (onConnection !== undefined) server.on('connection', socket => onConnection(() => reset(socket)));
  return server;
}

async function respond(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readCall(request);
    const { answer, at } = await handler(call);
    if (response.destroyed || answer === 'never' || answer === undefined) return;
    if (answer === 'reset') reset(request.socket);
    else send(response, withRequestId(answer), at, call.method);
  } catch (error) {
    if (response.destroyed || response.headersSent) return;
    const body = `the emulator itself failed: ${(error as Error).stack ?? String(error)}`;
    send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body }, Date.now());
  }
}

function withRequestId(answer: Answer): Answer {
  return { ...answer, headers: { 'x-amzn-requestid': randomUUID(), ...answer.headers } };
}
