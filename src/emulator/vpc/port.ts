import type { Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { digHole, type Hole } from './hole';

export type PortMode = 'open' | 'hole' | 'refused';

/** One listening address that can turn into a black hole, or refuse, and come back on the same port number. */
export interface Port {
  readonly host: string;
  readonly port: number;
  setMode(mode: PortMode): Promise<void>;
  close(): Promise<void>;
}

/** A server that can also drop the connections it has: http's and https's can. */
export type Droppable = Server & { closeAllConnections(): void };

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stop(server: Droppable): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** `port` 0 takes a free one. `createServer` is called again each time the port comes back. */
export async function openPort(host: string, port: number, createServer: () => Droppable): Promise<Port> {
  let server: Droppable | undefined = createServer();
  let hole: Hole | undefined;
  let mode: PortMode = 'open';
  const number = await listen(server, host, port);
  // One change after another: two at once would both hold the port.
  let turn: Promise<void> = Promise.resolve();

  async function change(next: PortMode | 'closed'): Promise<void> {
    if (next === mode) return;
    if (server !== undefined) await stop(server);
    server = undefined;
    await hole?.release();
    hole = undefined;
    if (next === 'closed') return;
    if (next === 'open') {
      server = createServer();
      await listen(server, host, number);
    } else hole = await digHole(host, number, next);
    mode = next;
  }

  const queue = (next: PortMode | 'closed'): Promise<void> => {
    const done = turn.then(() => change(next));
    turn = done.catch(() => undefined);
    return done;
  };
  return { host, port: number, setMode: queue, close: () => queue('closed') };
}
