import { randomUUID } from 'node:crypto';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { send, type Answer } from '../http/answer';
import { readCall, type Call } from '../http/call';
import { reset, type Greeting, type Instead } from './faults';
import type { Front } from './port';

export interface Tls {
  /** PEM, leaf first. */
  cert: string;
  key: string;
  maxVersion?: SecureVersion;
}

export type Handler = (call: Call) => Promise<Handled> | Handled;

export interface Handled {
  answer: Instead;
  /** The service's time, for the `Date` header. */
  at: number;
}

export interface FrontOptions {
  handler: Handler;
  /** Asked for each connection: a broken certificate can heal while the port stays open. */
  tls?: () => Tls | undefined;
  greeting?: () => Greeting;
}

/** A TCP front that hands its connections to an HTTP or HTTPS server, or lets them feel a fault first. */
export function createFront({ handler, tls, greeting }: FrontOptions): Front {
  const listener: RequestListener = (request, response) => void respond(handler, request, response);
  const plain = createHttp(listener);
  const secure = new Map<Tls, ReturnType<typeof createHttps>>();
  const secureServer = (material: Tls): ReturnType<typeof createHttps> => {
    const known = secure.get(material);
    if (known !== undefined) return known;
    const { cert, key, maxVersion } = material;
    // Old versions need the old ciphers that OpenSSL 3 puts below its default security level.
    const old =
      maxVersion === undefined
        ? {}
        : { maxVersion, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT:@SECLEVEL=0' };
    const made = createHttps({ cert, key, ...old }, listener);
    secure.set(material, made);
    return made;
  };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that gives up is no fault of the emulator's.
    socket.on('error', () => undefined);
    switch (greeting?.() ?? 'serve') {
      case 'reset':
        return reset(socket);
      case 'reset_on_data':
        return void socket.once('data', () => reset(socket));
      case 'ignore':
        return void socket.pause();
      case 'serve': {
        const material = tls?.();
        (material === undefined ? plain : secureServer(material)).emit('connection', socket);
      }
    }
  });
  return { server, dropAll: () => sockets.forEach(socket => socket.destroy()) };
}

async function respond(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readCall(request);
    const { answer, at } = await handler(call);
    if (response.destroyed || answer === 'never' || answer === undefined) return;
    if (answer === 'reset') reset(request.socket);
    else send(response, withRequestId(answer), at, call.method);
  } catch (error) {
    if (response.destroyed || response.headersSent || request.errored) return;
    // No service answers 599: a test sees at once that the judge itself is broken.
    const body = `the emulator itself failed: ${(error as Error).stack ?? String(error)}`;
    send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body }, 0);
  }
}

function withRequestId(answer: Answer): Answer {
  return { ...answer, headers: { 'x-amzn-requestid': randomUUID(), ...answer.headers } };
}
