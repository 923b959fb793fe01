import { type Emulator, startEmulator } from '../../testing/emulator/emulator';
import { createProduct, type Product } from '../../testing/harness/product';

/** What a person at a terminal, and what a script behind a pipe, gets to read. */
jest.setTimeout(60_000);

let emulator: Emulator;
let product: Product;
beforeAll(async () => {
  emulator = await startEmulator();
  product = createProduct(emulator.env);
});
afterAll(async () => {
  await product.close();
  await emulator.close();
});

it.each([
  [['connect'], /^Connected to isolatedsm in analytics, until/m],
  [['status'], /^Connected/m],
  [['diagnose'], /^Every check passed/m],
  [['disconnect'], /^Disconnected/m]
])('%j speaks to people on stderr alone; with --json stdout is one document', async (words, said) => {
  const plain = await product.command(words);
  expect(plain).toMatchObject({ code: 0, out: '' });
  expect(plain.err).toMatch(said);
  const { code, out, err } = await product.command([...words, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ schema: 1, verdict: 'ok' });
});

it.each([
  [['connect', '--dry-run'], /^\+index-url = /m],
  [['policy', '--for', 'role'], /"codeartifact:GetAuthorizationToken"/],
  [['repositories'], /analytics\/isolatedsm/],
  [['diagnose', '--list'], /^dns\.api$/m]
])('%j puts what was asked for on stdout, to be kept or piped', async (words, what) => {
  expect((await product.command(words)).out).toMatch(what);
});

it.each(['repositories', 'packages'])(
  '%s that may not be listed says why, and the text to run',
  async verb => {
    const [policy] = Object.keys(emulator.world.caller.policies);
    const allow = { Effect: 'Allow', Action: 'codeartifact:Get*', Resource: '*' };
    const document = { Version: '2012-10-17', Statement: [allow] };
    await emulator.patchWorld({ caller: { policies: { [policy]: { document } } } });
    const { code, out, err } = await product.command([verb]);
    await emulator.setScenario('ok');
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(/jupyter codeartifact policy --for role --listing/);
    expect(err).toMatch(/Who can fix this: identity administrator\./);
  }
);
