import { serveAdmin } from './admin/admin-service';
import { createAccounts } from './admin/accounts';
import type { Plane } from './admin/plane';
import { createStacks, type Stacks } from './cloudformation/stack-records';
import { deployText, takeAwayFrom } from './cloudformation/deploy-text';
import { systemClock } from './clock';
import type { Addresses, CredentialSource, Emulator, EmulatorOptions } from './contract';
import { serveControl } from './control';
import { publicCatalogue } from './index/catalogue';
import { createNpmPackages } from './index/npm-packages';
import { createPackageStore } from './index/package-store';
import { openMetadata } from './metadata/open-metadata';
import { worldOf } from './scenarios';
import { startDns } from './vpc/dns';
import { createFront, type Tls } from './vpc/front';
import { dualStackRepositoryHost, hostNames, lookUp, repositoryHost } from './vpc/names';
import { openServicePort, type ServicePort } from './vpc/network';
import { openNowhere, routesOf } from './vpc/routes';
import { openOtherServices } from './vpc/other-services';
import { openPort, type Port } from './vpc/port';
import type { Name } from './vpc/reach';
import { createTlsModes } from './vpc/tls-modes';
import { checkWorld } from './world/check-world';
import { defaultWorld } from './world/default-world';
import { createKeys } from './world/keys';
import { mergePatch } from './world/merge-patch';
import { createRequestLog } from './world/request-log';
import { createSessions } from './world/sessions';
import type { State } from './world/state';
import { createTokenStore } from './world/tokens';
import type { PortName, TlsMode, World } from './world/world';

export type { CredentialSource, Emulator, EmulatorOptions } from './contract';

const loopback = ['127.0.0.1'];

/** Starts everything; resolves when each port answers as the scenario wants. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const healthy = defaultWorld(options);
  const { apiAddresses = loopback, indexAddresses = loopback } = options;
  const { vpceApiAddresses = loopback, vpceIndexAddresses = loopback } = options;
  if (options.apiAddresses) healthy.endpoints.api.addresses = apiAddresses;
  if (options.indexAddresses) healthy.endpoints.repositories.addresses = indexAddresses;
  let scenario = options.scenario ?? 'ok';
  let indexUrl = '';
  const state: State = {
    world: worldOf(scenario, healthy),
    keys: createKeys(clock()),
    sessions: createSessions(),
    tokens: createTokenStore(),
    packages: createPackageStore([...publicCatalogue, ...(options.packages ?? [])]),
    npm: createNpmPackages(),
    log: createRequestLog(),
    clock,
    indexBase: (domain, dualStack) =>
      options.awsNames
        ? `https://${(dualStack ? dualStackRepositoryHost : repositoryHost)(state.world, domain)}`
        : (options.publicIndexBase ?? indexUrl)
  };
  const names = [...new Set([...hostNames(healthy), 'localhost', ...apiAddresses, ...indexAddresses])];
  const modes = options.tls === 'generate' ? await createTlsModes(names, clock()) : undefined;
  const given = options.tls === 'generate' ? undefined : options.tls;
  const tls: ((mode: TlsMode) => Tls | undefined) | undefined = modes?.of ?? (given && (() => given));

  const { translate = false } = options;
  const open = (port: PortName, name: Name, addresses: string[], number = 0): Promise<ServicePort> =>
    openServicePort(state, { port, name, addresses, number, translate, tls });
  // Where the emulator is the resolver too, names lead elsewhere when they should; its addresses are then the endpoint's own.
  const name: Name = options.dns ? 'vpce' : 'public';
  const api = await open('api', name, apiAddresses, options.apiPort);
  const index = await open('index', name, indexAddresses, options.indexPort);
  const vpceApi = await open('api', 'vpce', vpceApiAddresses, options.vpceApiPort);
  const vpceIndex = await open('index', 'vpce', vpceIndexAddresses, options.vpceIndexPort);
  const others = await openOtherServices(state, options.otherAddresses ?? { sts: [], s3: [] }, () =>
    tls?.('ok')
  );
  const metadata = await openMetadata(state, options.instancePort ?? 0, options.containerPort ?? 0);
  const nowhere = translate ? await openNowhere() : undefined;
  const dns =
    options.dns &&
    (await startDns(options.dns.host ?? '127.0.0.1', options.dns.port ?? 0, name =>
      lookUp(state.world, name)
    ));

  const stacks = createStacks();
  const setWorld = async (world: World): Promise<void> => {
    state.world = checkWorld(world);
    await Promise.all([api, index, vpceApi, vpceIndex, others, metadata].map(each => each.settle()));
  };
  const setScenario = async (name: string): Promise<void> => {
    const next = worldOf(name, healthy);
    scenario = name;
    stacks.byId.clear();
    stacks.changeSets.clear();
    await setWorld(next);
  };
  const patchWorld = (patch: unknown): Promise<void> => setWorld(mergePatch(state.world, patch) as World);

  const url = ({ host, port }: Port): string =>
    `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const apiUrl = options.apiName ? `${tls ? 'https' : 'http'}://${options.apiName}` : url(api.first);
  indexUrl = url(index.first);

  const envFor = (source: CredentialSource): Record<string, string> => ({
    ...(translate ? {} : { AWS_ENDPOINT_URL_CODEARTIFACT: apiUrl }),
    AWS_REGION: healthy.region,
    AWS_DEFAULT_REGION: healthy.region,
    ...{
      environment: {
        AWS_ACCESS_KEY_ID: state.keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: state.keys.secretAccessKey,
        AWS_SESSION_TOKEN: state.keys.sessionToken
      },
      instance: translate ? {} : { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.instanceUrl },
      container: {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: metadata.containerUrl,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: metadata.containerToken
      }
    }[source]
  });
  const env = envFor(options.credentials ?? 'environment');

  const controlPort = await openPort('127.0.0.1', options.controlPort ?? 0, () =>
    createFront({ handler: async call => ({ answer: await serveControl(emulator, call), at: clock() }) })
  );
  const accounts = createAccounts(clock);
  const plane: Omit<Plane, 'account'> = {
    state,
    stacks,
    async change(edit) {
      const draft = structuredClone(state.world);
      edit(draft);
      await setWorld(draft);
    }
  };
  const adminPort = await openPort('127.0.0.1', options.adminPort ?? 0, () =>
    createFront({
      handler: async call => ({ answer: await serveAdmin(plane, accounts, call), at: clock() })
    })
  );
  const adminUrl = `http://127.0.0.1:${adminPort.port}`;
  const adminEnvOf = (account: string): Record<string, string> => {
    const keys = accounts.keysOf(account);
    return {
      AWS_ENDPOINT_URL: adminUrl,
      AWS_REGION: healthy.region,
      AWS_DEFAULT_REGION: healthy.region,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken
    };
  };
  const addresses: Addresses = {
    apiUrl,
    indexUrl,
    vpceApiUrl: url(vpceApi.first),
    vpceIndexUrl: url(vpceIndex.first),
    controlUrl: `http://127.0.0.1:${controlPort.port}`,
    instanceUrl: metadata.instanceUrl,
    containerUrl: metadata.containerUrl,
    adminUrl,
    dns: dns ? `${dns.host}:${dns.port}` : null,
    routes: nowhere ? routesOf([api, index], new URL(metadata.instanceUrl).host, nowhere) : null
  };
  let remembered: { world: World; stacks: Stacks['byId'] } | undefined;
  const emulator: Emulator = {
    ...addresses,
    env,
    envFor,
    adminEnv: adminEnvOf(healthy.account),
    adminEnvOf,
    deploy: (text, parameters, account = healthy.account) =>
      deployText({ ...plane, state, account }, text, parameters),
    takeAway: (stack, resources, account = healthy.account) =>
      takeAwayFrom({ ...plane, account }, stack, resources),
    remember: () => void (remembered = structuredClone({ world: state.world, stacks: stacks.byId })),
    async restore() {
      if (remembered === undefined) return;
      stacks.byId.clear();
      structuredClone(remembered.stacks).forEach((stack, id) => stacks.byId.set(id, stack));
      await setWorld(structuredClone(remembered.world));
    },
    caPem: modes?.pem ?? null,
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
    async close() {
      await Promise.all(
        [api, index, vpceApi, vpceIndex, others, metadata, controlPort, adminPort, dns, nowhere].map(each =>
          each?.close()
        )
      );
    }
  };
  await setWorld(state.world);
  return emulator;
}
