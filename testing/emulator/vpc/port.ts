import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { digHole, type Hole } from './black-hole';

export type PortMode = 'open' | 'hole' | 'refused';

/** One listening address that can turn into a black hole, or refuse, and come back on the same port number. */
export interface Port {
  readonly host: string;
  readonly port: number;
  setMode(mode: PortMode): Promise<void>;
  close(): Promise<void>;
}

/** A server, and a way to drop every connection it has. */
export interface Front {
  server: Server;
  dropAll(): void;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Below Linux's range for outgoing connections (32768 and up): while a port changes hands for a moment nobody listens,
 * and a connect of some other program must not be given it.
 */
const quietPorts = [20_000, 32_000] as const;
const attempts = 50;

async function listenAnywhere(server: Server, host: string): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await listen(server, host, randomInt(...quietPorts));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  return listen(server, host, 0);
}

async function stop({ server, dropAll }: Front): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  dropAll();
  await closed;
}

/** `port` 0 takes a free one. `createFront` is called again each time the port comes back. */
export async function openPort(host: string, port: number, createFront: () => Front): Promise<Port> {
  let front: Front | undefined = createFront();
  let hole: Hole | undefined;
  let mode: PortMode | 'down' = 'open';
  const number = await (port === 0 ? listenAnywhere(front.server, host) : listen(front.server, host, port));

  async function change(next: PortMode | 'down'): Promise<void> {
    if (next === mode) return;
    if (front !== undefined) await stop(front);
    await hole?.release();
    [front, hole, mode] = [undefined, undefined, 'down'];
    if (next === 'down') return;
    if (next === 'open') {
      const opening = createFront();
      await listen(opening.server, host, number);
      front = opening;
    } else hole = await digHole(host, number, next);
    mode = next;
  }

  // One change after another: two at once would both hold the port.
  let turn: Promise<void> = Promise.resolve();
  const queue = (next: PortMode | 'down'): Promise<void> => {
    const done = turn.then(() => change(next));
    turn = done.catch(() => undefined);
    return done;
  };
  return { host, port: number, setMode: queue, close: () => queue('down') };
}
