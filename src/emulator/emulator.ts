import { randomBytes } from 'node:crypto';
import { operationName, serveApi } from './api/api-service';
import { systemClock, type Clock } from './clock';
import { serveControl, type Controlled } from './control';
import type { Call } from './http/call';
import { publicCatalogue } from './index/catalogue';
import { serveIndex } from './index/index-service';
import { createPackageStore } from './index/package-store';
import type { WheelSource } from './index/wheel';
import { containerPath, serveContainer } from './metadata/container';
import { createInstanceMetadata } from './metadata/instance';
import { worldOf } from './scenarios';
import { insteadOf, type Instead } from './vpc/faults';
import { openPort, type Port } from './vpc/port';
import { modeOf, routeOf, type Name } from './vpc/reach';
import { createHttpServer, type Tls } from './vpc/server';
import { defaultWorld, type WorldOptions } from './world/default-world';
import { createKeys } from './world/keys';
import { mergePatch } from './world/merge-patch';
import { createRequestLog, type LogEntry } from './world/request-log';
import { serviceTime, type State } from './world/state';
import { createTokenStore } from './world/tokens';
import type { PortName, World } from './world/world';

export interface EmulatorOptions extends WorldOptions {
  /** 0, the default, takes a free port. */
  apiPort?: number;
  indexPort?: number;
  controlPort?: number;
  instancePort?: number;
  containerPort?: number;
  /** Ports of the endpoints' own `vpce-` names. */
  vpceApiPort?: number;
  vpceIndexPort?: number;
  /** Addresses to listen on; loopback unless told. */
  apiAddresses?: string[];
  indexAddresses?: string[];
  /** What GetRepositoryEndpoint answers before `/pypi/REPO/`, e.g. `https://DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com`. */
  publicIndexBase?: string;
  /** Serve the API and the index by TLS with this certificate. */
  tls?: Tls;
  clock?: Clock;
  scenario?: string;
  /** More packages for `public:pypi`. */
  packages?: WheelSource[];
  /** Where the client's credentials come from: static keys, instance metadata or the container endpoint. */
  credentials?: CredentialSource;
}

export type CredentialSource = 'environment' | 'instance' | 'container';

export interface Emulator {
  apiUrl: string;
  /** Base of the index, without `/pypi/…`. */
  indexUrl: string;
  vpceApiUrl: string;
  vpceIndexUrl: string;
  controlUrl: string;
  instanceUrl: string;
  containerUrl: string;
  /** Environment of a client: Region, API endpoint and credentials by the chosen source. */
  env: Record<string, string>;
  envFor(source: CredentialSource): Record<string, string>;
  scenario(): string;
  setScenario(name: string): Promise<void>;
  readonly world: World;
  /** JSON merge patch (RFC 7396) on the world; ports follow before it resolves. */
  patchWorld(patch: unknown): Promise<void>;
  setWorld(world: World): Promise<void>;
  readonly log: LogEntry[];
  clearLog(): void;
  tokensMinted(): number;
  ageTokens(ms: number): void;
  close(): Promise<void>;
}

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref());

/** Starts everything; resolves when each port answers. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const healthy = defaultWorld(options);
  if (options.apiAddresses) healthy.endpoints.api.addresses = options.apiAddresses;
  if (options.indexAddresses) healthy.endpoints.repositories.addresses = options.indexAddresses;
  let scenario = options.scenario ?? 'ok';
  const state: State = {
    world: worldOf(scenario, healthy),
    keys: createKeys(clock()),
    tokens: createTokenStore(),
    packages: createPackageStore([...publicCatalogue, ...(options.packages ?? [])]),
    log: createRequestLog(),
    clock,
    indexBase: () => options.publicIndexBase ?? indexUrl
  };
  const containerToken = randomBytes(24).toString('hex');
  const instance = createInstanceMetadata();
  const at = (): string => new Date(clock()).toISOString();

  const note = (port: LogEntry['port'], call: Call, answer: Instead, operation: string): void => {
    const status = typeof answer === 'object' ? answer.status : 0;
    state.log.add({ at: at(), port, method: call.method, path: call.path, status, operation });
  };

  const service = (port: PortName, name: Name) => async (call: Call) => {
    const fault = state.world.faults[port];
    if (fault.kind === 'slow') await wait(fault.delayMs);
    const route = routeOf(state.world, port, name);
    let answer = insteadOf(fault, port);
    let operation = port === 'api' ? operationName(call) : 'fault';
    if (answer === undefined && port === 'api') answer = serveApi(state, route, call);
    if (answer === undefined) ({ answer, operation } = serveIndex(state, route, call));
    note(port, call, answer, operation);
    return { answer, at: serviceTime(state) };
  };

  const serviceServer = (port: PortName, name: Name) => () =>
    createHttpServer(service(port, name), options.tls, drop => {
      if (state.world.faults[port].kind === 'reset') drop();
    });

  const ports: { port: PortName; name: Name; open: Port }[] = [];
  const openService = async (port: PortName, name: Name, addresses: string[], number = 0): Promise<Port> => {
    const opened: Port[] = [];
    for (const address of addresses)
      opened.push(await openPort(address, opened[0]?.port ?? number, serviceServer(port, name)));
    ports.push(...opened.map(open => ({ port, name, open })));
    return opened[0];
  };
  const loopback = ['127.0.0.1'];
  const scheme = options.tls ? 'https' : 'http';
  const url = ({ host, port }: Port, prefix = scheme): string =>
    `${prefix}://${host.includes(':') ? `[${host}]` : host}:${port}`;

  const api = await openService('api', 'public', options.apiAddresses ?? loopback, options.apiPort);
  const index = await openService('index', 'public', options.indexAddresses ?? loopback, options.indexPort);
  const vpceApi = await openService('api', 'vpce', loopback, options.vpceApiPort);
  const vpceIndex = await openService('index', 'vpce', loopback, options.vpceIndexPort);
  const indexUrl = url(index);

  const instancePort = await openPort('127.0.0.1', options.instancePort ?? 0, () =>
    createHttpServer(call => {
      const answer = instance(state, call);
      note('instance', call, answer, 'metadata');
      return { answer, at: clock() };
    })
  );
  const containerPort = await openPort('127.0.0.1', options.containerPort ?? 0, () =>
    createHttpServer(call => {
      const answer = serveContainer(state, call, containerToken);
      note('container', call, answer, 'credentials');
      return { answer, at: clock() };
    })
  );

  const settle = async (): Promise<void> => {
    const { world } = state;
    const metadataMode = (mode: string): 'refused' | 'open' => (mode === 'refused' ? 'refused' : 'open');
    await Promise.all([
      ...ports.map(({ port, name, open }) => open.setMode(modeOf(world, port, name, open.host))),
      instancePort.setMode(metadataMode(world.metadata.instance)),
      containerPort.setMode(metadataMode(world.metadata.container))
    ]);
  };

  const setWorld = async (world: World): Promise<void> => {
    state.world = world;
    await settle();
  };
  const setScenario = async (name: string): Promise<void> => {
    const next = worldOf(name, healthy);
    scenario = name;
    await setWorld(next);
  };
  const patchWorld = (patch: unknown): Promise<void> => setWorld(mergePatch(state.world, patch) as World);

  const common = (): Record<string, string> => ({
    AWS_ENDPOINT_URL_CODEARTIFACT: url(api),
    AWS_REGION: healthy.region,
    AWS_DEFAULT_REGION: healthy.region
  });
  const envFor = (source: CredentialSource): Record<string, string> => {
    if (source === 'instance')
      return { ...common(), AWS_EC2_METADATA_SERVICE_ENDPOINT: url(instancePort, 'http') };
    if (source === 'container') {
      return {
        ...common(),
        AWS_CONTAINER_CREDENTIALS_FULL_URI: url(containerPort, 'http') + containerPath,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken
      };
    }
    return {
      ...common(),
      AWS_ACCESS_KEY_ID: state.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: state.keys.secretAccessKey,
      AWS_SESSION_TOKEN: state.keys.sessionToken
    };
  };
  const env = envFor(options.credentials ?? 'environment');

  const controlled: Controlled = {
    scenario: () => scenario,
    setScenario,
    world: () => state.world,
    patchWorld,
    log: () => state.log.entries,
    clearLog: state.log.clear,
    ageTokens: state.tokens.age,
    tokensMinted: state.tokens.minted,
    describe: () => addresses()
  };
  const controlPort = await openPort('127.0.0.1', options.controlPort ?? 0, () =>
    createHttpServer(async call => ({ answer: await serveControl(controlled, call), at: clock() }))
  );
  const addresses = (): Record<string, unknown> => ({
    apiUrl: url(api),
    indexUrl,
    vpceApiUrl: url(vpceApi),
    vpceIndexUrl: url(vpceIndex),
    controlUrl: url(controlPort, 'http'),
    instanceUrl: url(instancePort, 'http'),
    containerUrl: url(containerPort, 'http') + containerPath,
    scenario,
    account: healthy.account,
    region: healthy.region,
    domains: Object.keys(healthy.domains),
    repositories: Object.keys(healthy.repositories),
    env
  });
  await settle();

  const closeAll = async (): Promise<void> => {
    await Promise.all(
      [...ports.map(each => each.open), instancePort, containerPort, controlPort].map(port => port.close())
    );
  };
  return {
    apiUrl: url(api),
    indexUrl,
    vpceApiUrl: url(vpceApi),
    vpceIndexUrl: url(vpceIndex),
    controlUrl: url(controlPort, 'http'),
    instanceUrl: url(instancePort, 'http'),
    containerUrl: url(containerPort, 'http') + containerPath,
    env,
    envFor,
    scenario: () => scenario,
    setScenario,
    get world() {
      return state.world;
    },
    patchWorld,
    setWorld,
    get log() {
      return state.log.entries;
    },
    clearLog: state.log.clear,
    tokensMinted: state.tokens.minted,
    ageTokens: state.tokens.age,
    close: closeAll
  };
}
