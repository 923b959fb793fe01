import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as packet from 'dns-packet';

/** What the server does with a name: addresses, or one of DNS's ways to fail. */
export type Behaviour = readonly string[] | 'nxdomain' | 'nodata' | 'servfail' | 'refused' | 'silent';

export interface NameServer {
  /** Such as "127.0.0.1:53535", for a Resolver. */
  readonly address: string;
  /** Names asked for, in order. */
  readonly asked: string[];
  set(name: string, behaviour: Behaviour): void;
  close(): Promise<void>;
}

const RCODES = { nxdomain: 3, servfail: 2, refused: 5 } as const;

/** A DNS server on loopback, on a port of its own. Unknown names do not exist. */
export async function startNameServer(names: Readonly<Record<string, Behaviour>> = {}): Promise<NameServer> {
  const table = new Map<string, Behaviour>(Object.entries(names));
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, from) => {
    const query = packet.decode(message);
    const question = query.questions?.[0];
    if (!question) {
      return;
    }
    asked.push(question.name);
    const behaviour = table.get(question.name.toLowerCase()) ?? 'nxdomain';
    if (behaviour === 'silent') {
      return;
    }
    const addresses = typeof behaviour === 'string' ? [] : behaviour;
    const rcode = behaviour === 'nodata' || typeof behaviour !== 'string' ? 0 : RCODES[behaviour];
    const answers = addresses
      .filter(address => (question.type === 'AAAA') === address.includes(':'))
      .map(data => ({ type: question.type as 'A' | 'AAAA', name: question.name, ttl: 1, data }));
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcode;
    socket.send(
      packet.encode({ type: 'response', id: query.id, flags, questions: [question], answers }),
      from.port,
      from.address
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    set: (name, behaviour) => void table.set(name, behaviour),
    async close() {
      socket.close();
      await once(socket, 'close');
    }
  };
}
