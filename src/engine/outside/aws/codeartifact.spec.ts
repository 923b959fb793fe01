import { startEmulator, type Emulator } from '../../../emulator/emulator';
import { closeClients } from './client';
import { createCalls } from './codeartifact';
import { findCredentials } from './credentials';
import { aWorld, never, noFiles } from './testing/a-world';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterEach(async () => {
  closeClients();
  await emulator.setScenario('ok');
});

afterAll(() => emulator.close());

async function calls(
  env: Record<string, string> = emulator.env,
  endpointType: 'ipv4' | 'dualstack' = 'ipv4'
) {
  const world = aWorld(env);
  const found = await findCredentials(
    world,
    { profile: '', region: 'us-east-1', readText: noFiles },
    never()
  );
  if (!found.ok) {
    throw new Error(found.failure.summary);
  }
  return createCalls({
    world,
    region: emulator.world.region,
    endpoint: emulator.apiUrl,
    endpointType,
    credentials: found.value
  });
}

function named() {
  const [key] = Object.keys(emulator.world.repositories);
  return { key, domain: Object.keys(emulator.world.domains)[0], domainOwner: '' };
}

it('shows its world', async () => {
  console.log(JSON.stringify(emulator.world, null, 1).slice(0, 3000), named());
  const api = await calls();
  console.log(
    await api.getAuthorizationToken(
      { domain: named().domain, domainOwner: '', durationSeconds: 900 },
      never()
    )
  );
  console.log(
    await api.getAuthorizationToken({ domain: 'nope', domainOwner: '', durationSeconds: 900 }, never())
  );
  console.log(await api.listDomains({}, never()));
  console.log(await api.listRepositories({}, never()));
});
