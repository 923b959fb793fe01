import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, AUTHORITATIVE_ANSWER, RECURSION_DESIRED, type Packet } from 'dns-packet';
import type { DnsMode } from '../world/world';

export interface DnsReply {
  mode: DnsMode;
  /** Answered for A and AAAA queries, each its kind, in the modes `ok` and `slow`; none is NODATA, undefined NXDOMAIN. */
  addresses: string[] | undefined;
}

export interface DnsServer {
  host: string;
  port: number;
  close(): Promise<void>;
}

/** RFC 1035 section 4.1.1; dns-packet puts RCODE into the low bits of the flags. */
const rcode = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 };
/** Longer than any client's first retry, shorter than its patience. */
const slowMs = 700;

/** A resolver on UDP whose answers come from `lookUp`, asked for each query. */
export async function startDns(
  host: string,
  port: number,
  lookUp: (name: string) => DnsReply
): Promise<DnsServer> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const timers = new Set<NodeJS.Timeout>();
  socket.on('message', (message, from) => {
    let query: Packet;
    try {
      query = decode(message);
    } catch {
      return; // not DNS: a resolver drops it
    }
    const question = query.questions?.[0];
    if (question === undefined) return;
    const { mode, addresses } = lookUp(question.name.toLowerCase());
    if (mode === 'drop') return;
    const answering = mode === 'ok' || mode === 'slow';
    const code = answering
      ? addresses === undefined ? rcode.nxdomain : rcode.ok
      : { nxdomain: rcode.nxdomain, nodata: rcode.ok, servfail: rcode.servfail, refused: rcode.refused }[mode]; // prettier-ignore
    const type = question.type === 'AAAA' ? ('AAAA' as const) : ('A' as const);
    const asked = question.type === type && answering ? (addresses ?? []) : [];
    const answers = asked.filter(address => address.includes(':') === (type === 'AAAA'));
    const reply = encode({
      type: 'response',
      id: query.id,
      flags: AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED) | code,
      questions: [question],
      answers: answers.map(data => ({ type, name: question.name, ttl: 1, data }))
    });
    const answer = (): void => socket.send(reply, from.port, from.address);
    if (mode !== 'slow') return answer();
    const timer = setTimeout(() => (timers.delete(timer), answer()), slowMs);
    timers.add(timer);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  return {
    host,
    port: socket.address().port,
    async close() {
      timers.forEach(clearTimeout);
      socket.close();
      await once(socket, 'close');
    }
  };
}
