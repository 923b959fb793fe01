// The fix fixes: a world is broken, the real engine diagnoses it, the very text that it printed is run by an administrator
// with the real AWS CLI, and the next ladder is ok. What needs names and addresses is in tests/netns.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Document } from '../../src/protocol/document';
import type { Rung } from '../../src/protocol/rung';
import { applyText, type Applied } from '../../src/emulator/admin/apply';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';

// The AWS CLI is started many times, and machines are busy.
jest.setTimeout(180_000);

const OTHER = '444455556666';
const ROLE = 'Put the whole policy on the role';
const API = 'Add it to the policy of the codeartifact.api endpoint';
const REPOSITORIES = 'Add it to the policy of the codeartifact.repositories endpoint';
const DOMAIN = 'Add it to the policy of the domain';
const REPOSITORY = 'Add it to the policy of the repository';

let emulator: Emulator;
let folder = '';
beforeAll(async () => {
  process.env.EMULATOR_TOOLS = resolve(__dirname, '../../.venv/bin');
  folder = mkdtempSync(join(tmpdir(), 'heal-'));
  execFileSync(process.execPath, ['scripts/build-engine.mjs', '--outdir', folder]);
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

type Place = Readonly<Record<string, string>>;
const PLACE: Place = {
  domain: 'analytics',
  'domain-owner': '111122223333',
  repository: 'isolatedsm',
  region: 'us-east-1'
};

function diagnose(place: Place = PLACE): Promise<Document> {
  const flags = Object.entries(place).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [join(folder, 'engine.cjs'), 'diagnose', '--json', ...flags], {
    env: { HOME: folder, PATH: '/usr/bin:/bin', ...emulator.env },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => done(JSON.parse(said) as Document));
  });
}

const broken = ({ rungs }: Document): Rung | undefined =>
  rungs.find(rung => !['ok', 'skipped'].includes(rung.verdict));

function textOf(rung: Rung | undefined, title: string): string {
  const found = rung?.fix?.snippets.find(s => s.title === title && s.language === 'bash');
  if (found === undefined) {
    throw new Error(`no "${title}" among: ${rung?.fix?.snippets.map(s => s.title).join('; ') ?? 'no fix'}`);
  }
  return found.text;
}

async function paste(text: string): Promise<Applied> {
  const ran = await applyText(emulator, text);
  expect({ code: ran.code, stderr: ran.stderr, text }).toEqual({ code: 0, stderr: '', text });
  return ran;
}

/** AWS names one policy at a time: each step is what is refused next, and the text to run for it. */
const CASES: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['no-role-permission', [['token: identity', ROLE]]],
  ['no-bearer-token', [['token: identity', ROLE]]],
  ['no-repository-permission', [['endpoint: identity', ROLE]]],
  ['endpoint-policy-narrow', [['token: vpc_endpoint', API]]],
  ['endpoint-policy-no-bearer', [['token: vpc_endpoint', API]]],
  ['endpoint-policy-index-narrow', [['index: vpc_endpoint', REPOSITORIES]]]
];

const nameOf = (rung: Rung): string => `${rung.id}: ${String(rung.evidence.policyType ?? rung.verdict)}`;

async function heal(steps: readonly (readonly [string, string])[], place?: Place): Promise<void> {
  for (const [wanted, title] of steps) {
    const document = await diagnose(place);
    const rung = broken(document);
    expect(rung && nameOf(rung)).toBe(wanted);
    await paste(textOf(rung, title));
  }
  const { verdict, summary } = await diagnose(place);
  expect({ verdict, summary }).toEqual({ verdict: 'ok', summary: expect.any(String) });
}

test.each(CASES)('%s is healed by the text we print', async (scenario, steps) => {
  await emulator.setScenario(scenario);
  await heal(steps);
});

test("a domain of another account: the role's policy here, then the domain's and the repository's there", async () => {
  await emulator.setScenario('ok');
  const own = { ...emulator.world.caller.policies['codeartifact-reader'].document };
  expect(own).toBeDefined();
  await emulator.patchWorld({
    domains: { analytics: { owner: OTHER } },
    caller: { policies: { 'codeartifact-reader': null } }
  });
  await heal(
    [
      ['token: identity', ROLE],
      ['token: resource', DOMAIN],
      ['endpoint: resource', REPOSITORY]
    ],
    { ...PLACE, 'domain-owner': OTHER }
  );
});

test('what others have in a policy stays in it', async () => {
  await emulator.setScenario('endpoint-policy-narrow');
  const before = [emulator.world.endpoints.api.policy.Statement].flat();
  await heal([['token: vpc_endpoint', API]]);
  expect([emulator.world.endpoints.api.policy.Statement].flat().slice(0, before.length)).toEqual(before);
});

/** A Deny beats every Allow: no command of ours can mend it, but ours shows the statement that the text tells to change. */
test.each([
  ['endpoint-policy', 'token', 'codeartifact:GetAuthorizationToken', 'network administrator'],
  ['endpoint-policy-index', 'index', 'codeartifact:ReadFromRepository', 'network administrator'],
  ['repository-policy', 'index', 'codeartifact:ReadFromRepository', 'identity administrator']
])('%s: an explicit Deny is found by the text we print, and taking it out heals', async (scenario, id, action, who) => {
  await emulator.setScenario(scenario);
  const rung = broken(await diagnose());
  expect(rung?.id).toBe(id);
  expect(rung?.fix).toMatchObject({ who, text: expect.stringContaining(action) });
  const { stdout } = await paste(textOf(rung, 'The policy as it is now'));
  const shown = JSON.parse(stdout) as { Statement: { Effect: string; Action: string }[] };
  const kept = shown.Statement.filter(each => !(each.Effect === 'Deny' && each.Action === action));
  expect(kept).toHaveLength(shown.Statement.length - 1);
  const policy = { Version: '2012-10-17', Statement: kept };
  await emulator.patchWorld(
    {
      'endpoint-policy': { endpoints: { api: { policy } } },
      'endpoint-policy-index': { endpoints: { repositories: { policy } } },
      'repository-policy': { repositories: { isolatedsm: { policy: kept.length > 0 ? policy : null } } }
    }[scenario]
  );
  expect((await diagnose()).verdict).toBe('ok');
}); // prettier-ignore

test('a repository that draws from nowhere is ok with a warning, and gets its upstream by the texts we print', async () => {
  await emulator.setScenario('ok');
  await emulator.patchWorld({ repositories: { isolatedsm: { upstreams: [] }, 'pypi-store': null } });
  const document = await diagnose();
  expect(document.verdict).toBe('ok');
  const warned = document.rungs.find(rung => rung.warning?.includes('neither an upstream'));
  expect(warned?.id).toBe('endpoint');
  for (const snippet of warned?.fix?.snippets ?? []) {
    if (snippet.language === 'bash') await paste(snippet.text);
  }
  const { rungs } = await diagnose();
  expect(rungs.filter(rung => rung.warning !== undefined)).toEqual([]);
  expect(emulator.world.repositories).toMatchObject({
    isolatedsm: { upstreams: ['pypi-store'] },
    'pypi-store': { externalConnections: ['public:pypi'] }
  });
});

test("a domain's disabled key", async () => {
  await emulator.setScenario('key-disabled');
  const rung = broken(await diagnose());
  expect(rung?.fix?.who).toBe('identity administrator');
  const bash = rung?.fix?.snippets.filter(s => s.language === 'bash') ?? [];
  for (const { text } of bash) await applyText(emulator, text);
  expect(emulator.world.domains.analytics.keyState).toBe('Enabled');
  expect((await diagnose()).verdict).toBe('ok');
});

/** To a role that may use one domain only, a mistyped one is AccessDenied. A wrong setting is healed by looking the right one up with the text we print. */
test.each([
  ['domain-owner', '999988887777', 'access_denied', 'Domains of your own account in this Region', '111122223333'],
  ['domain', 'analytic', 'access_denied', 'Domains of your own account in this Region', 'analytics'],
  ['repository', 'isolated', 'not_found', 'Repositories of the domain', 'isolatedsm']
])('a wrong %s', async (setting, wrong, verdict, title, right) => {
  await emulator.setScenario('ok');
  const document = await diagnose({ ...PLACE, [setting]: wrong });
  expect(document.verdict).toBe(verdict);
  const { stdout } = await paste(textOf(broken(document), title));
  expect(stdout.split(/\s+/)).toContain(right);
  expect((await diagnose({ ...PLACE, [setting]: right })).verdict).toBe('ok');
}); // prettier-ignore

test('a Region without the domain', async () => {
  await emulator.setScenario('ok');
  const { verdict, rungs } = await diagnose({ ...PLACE, region: 'eu-west-1' });
  expect(verdict).not.toBe('ok');
  expect(rungs.find(rung => rung.fix !== undefined)?.fix?.text).toMatch(/Region/);
});
