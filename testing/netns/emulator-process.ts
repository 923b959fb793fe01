// Runs inside the VPC's namespace: the emulator on port 443 of the endpoints' addresses, steered by lines of JSON.
import { createServer, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { applyText } from '../emulator/admin/apply';
import { startEmulator } from '../emulator/emulator';

interface Options {
  readonly api: string[];
  readonly repositories: string[];
  readonly apiV6: string[];
  readonly repositoriesV6: string[];
  readonly publicApi: string[];
  readonly publicRepositories: string[];
  readonly sts: string[];
  readonly publicSts: string[];
  readonly s3: string[];
  readonly resolver: string;
  readonly metadata: string;
}

/** Instance metadata is plain HTTP at a fixed address; the emulator's own is on loopback. */
function forward(host: string, url: string): Promise<void> {
  const port = Number(new URL(url).port);
  const server = createServer(socket => {
    const behind = connect(port, '127.0.0.1');
    socket.pipe(behind).pipe(socket);
    socket.on('error', () => behind.destroy());
    behind.on('error', () => socket.destroy());
  });
  return new Promise(resolve => server.listen(80, host, resolve));
}

/** An Internet gateway: what comes to a public address is answered by the service, past every endpoint. */
async function gateway(pairs: readonly (readonly [string, string])[]): Promise<void> {
  for (const [outside, inside] of pairs) {
    const server = createServer(socket => {
      const behind = connect(443, inside);
      socket.pipe(behind).pipe(socket);
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
    });
    await new Promise<void>(resolve => server.listen(443, outside, resolve));
  }
}

async function main(options: Options): Promise<void> {
  const emulator = await startEmulator({
    apiAddresses: [...options.api, ...options.apiV6],
    indexAddresses: [...options.repositories, ...options.repositoriesV6],
    otherAddresses: { sts: options.sts, s3: options.s3 },
    apiPort: 443,
    indexPort: 443,
    apiName: 'codeartifact.us-east-1.amazonaws.com',
    awsNames: true,
    tls: 'generate',
    dns: { host: options.resolver, port: 53 },
    credentials: 'instance'
  });
  await forward(options.metadata, emulator.instanceUrl);
  /** Every scenario starts from addresses of AWS's own ranges, and from endpoints without IPv6. */
  const scenario = async (name: string): Promise<void> => {
    await emulator.setScenario(name);
    const { api, repositories, publicApi, publicRepositories, sts, publicSts, s3 } = options;
    const publicAddresses = { api: publicApi, repositories: publicRepositories, sts: publicSts, s3 };
    await emulator.patchWorld({
      vpc: { publicAddresses, stsAddresses: sts },
      endpoints: { api: { addresses: api }, repositories: { addresses: repositories } }
    });
  };
  await scenario('ok');
  const verbs: Record<string, (given: never) => unknown> = {
    scenario,
    patch: (patch: unknown) => emulator.patchWorld(patch),
    apply: ({ text, fill, account }: { text: string; fill: Record<string, string>; account?: string }) =>
      applyText(emulator, text, fill, account),
    deploy: ({
      stack,
      template,
      parameters
    }: Record<'stack' | 'template', string> & { parameters: Record<string, string> }) =>
      emulator.deploy({ stack, template }, parameters),
    takeAway: ({ stack, resources, account }: { stack: string; resources: string[]; account?: string }) =>
      emulator.takeAway(stack, resources, account),
    remember: () => emulator.remember(),
    restore: () => emulator.restore(),
    gateway: () =>
      gateway([
        ...options.publicApi.map((each, i) => [each, options.api[i]] as const),
        ...options.publicRepositories.map((each, i) => [each, options.repositories[i]] as const)
      ]),
    world: () => emulator.world,
    log: () => emulator.log,
    clearLog: () => emulator.clearLog(),
    minted: () => emulator.tokensMinted()
  };
  const say = (what: unknown): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
  say({ caPem: emulator.caPem });
  for await (const line of createInterface({ input: process.stdin })) {
    const { verb, given } = JSON.parse(line) as { verb: string; given: never };
    try {
      say({ done: (await verbs[verb](given)) ?? null });
    } catch (error) {
      say({ failed: (error as Error).message });
    }
  }
  // Its input ends when the test does, however that ends; a hole's Python goes with it.
  await emulator.close();
  process.exit(0);
}

main(JSON.parse(process.argv[2]) as Options).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
