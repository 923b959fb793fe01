import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('policy names no role of another partition than the Region is in', async () => {
  const role = ['--role', 'arn:aws:iam::111122223333:role/Notebooks'];
  const { code, out, err } = await product.command([
    ...['policy', '--for', 'domain', '--region', 'us-gov-west-1'],
    ...role
  ]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('is of the partition aws, and us-gov-west-1 is in aws-us-gov');
});

it('connect that lacks a setting names the settings file that cannot be read', async () => {
  const bare = createProduct(emulator.env);
  const folder = join(bare.home, '.jupyter/labconfig');
  const path = join(folder, 'default_setting_overrides.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, '{"jupyterlab-codeartifact:plugin": {"domain": "analytics",}}');
  rmSync(join(bare.home, '.jupyter/lab/user-settings'), { recursive: true });
  const { code, err } = await bare.command(['connect']);
  await bare.close();
  expect(code).toBe(2);
  expect(err).toContain(`Note: The settings in ${path} are not used: line 1:`);
});

it('connect tells what the ladder warns of, for which it shows no ladder', async () => {
  const { code, err } = await product.command(['connect', '--index-mode', 'extra-index-url']);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/^Connected to .*\n[^]*\n {2}Warning: With the index mode/)
  ]);
  expect((await product.command(['connect'])).err).not.toContain('Warning:');
});

it('login says on stdout what the AWS CLI says there, and names what it takes and does not use', async () => {
  const words = ['--tool', 'pip', '--domain', 'analytics', '--repo', 'isolatedsm', '--output', 'json'];
  const { code, out, err } = await product.command(['login', ...words]);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^Successfully configured pip to use AWS CodeArtifact repository https?:\/\/\S+\/pypi\/isolatedsm\/ \nLogin expires in (?:12 hours|11 hours and 59 minutes) at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00\n$/
  );
  expect(err).toContain('Note: --output is accepted and changes nothing here');
  const npm = await product.command(['login', '--tool', 'npm', ...words.slice(2, 6), '--endpoint-type', '']);
  expect(npm.out).toMatch(
    /^Successfully configured npm to use AWS CodeArtifact repository https?:\/\/\S+\/npm\/isolatedsm\/ \n/
  );
});
