import { operationName, serveApi } from '../api/api-service';
import type { Call } from '../http/call';
import { serveIndex } from '../index/index-service';
import { serviceTime, type State } from '../world/state';
import type { PortName, TlsMode } from '../world/world';
import { greetingOf, insteadOf } from './faults';
import { createFront, type Handled, type Tls } from './front';
import { openPort, type Port } from './port';
import { modeOf, routeOf, type Name } from './reach';

export interface ServicePort {
  /** Its first address. */
  first: Port;
  /** All of them, by the address that the world knows. */
  opened: readonly Opened[];
  /** Makes every address do what the world says. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Opened {
  address: string;
  port: Port;
}

export interface ServicePortOptions {
  port: PortName;
  name: Name;
  addresses: string[];
  /** 0 takes a free one, the same on all addresses. */
  number: number;
  /** Each address is a loopback port of its own. */
  translate?: boolean;
  /** Certificate for a mode; undefined serves plain HTTP. */
  tls: ((mode: TlsMode) => Tls | undefined) | undefined;
}

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref());

async function handle(state: State, port: PortName, name: Name, call: Call): Promise<Handled> {
  const fault = state.world.faults[port];
  if (fault.kind === 'slow') await wait(fault.delayMs);
  const route = routeOf(state.world, port, name);
  let answer = insteadOf(fault, port);
  let operation = port === 'api' ? operationName(call) : 'fault';
  if (answer === undefined && port === 'api') answer = serveApi(state, route, call);
  if (answer === undefined) ({ answer, operation } = serveIndex(state, route, call));
  state.log.add({
    at: new Date(state.clock()).toISOString(),
    port,
    method: call.method,
    path: call.path,
    status: typeof answer === 'object' ? answer.status : 0,
    operation
  });
  return { answer, at: serviceTime(state) };
}

/** The API or the index on each of its addresses, each of which can break on its own. */
export async function openServicePort(state: State, options: ServicePortOptions): Promise<ServicePort> {
  const { port, name, addresses, number, translate = false, tls } = options;
  const front = (): ReturnType<typeof createFront> =>
    createFront({
      handler: call => handle(state, port, name, call),
      greeting: () => greetingOf(state.world.faults[port]),
      tls: tls && (() => tls(state.world.tls[port]))
    });
  const opened: Opened[] = [];
  for (const address of addresses) {
    const [host, wanted] = translate ? ['127.0.0.1', 0] : [address, opened[0]?.port.port ?? number];
    opened.push({ address, port: await openPort(host, wanted, front) });
  }
  const each = async (act: (open: Opened) => Promise<void>): Promise<void> =>
    void (await Promise.all(opened.map(act)));
  return {
    first: opened[0].port,
    opened,
    settle: () => each(open => open.port.setMode(modeOf(state.world, port, name, open.address))),
    close: () => each(open => open.port.close())
  };
}
