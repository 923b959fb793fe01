// The fix fixes: a world is broken, the real engine diagnoses it, the very text that it printed is run by an administrator
// with the real AWS CLI, and the next ladder is ok. What needs names and addresses is in tests/netns.
import { applyText } from '../../testing/emulator/admin/apply';
import { CODEARTIFACT_REGIONS } from '../../src/engine/core/settings/regions';
import { broken, nameOf, PLACE, textOf, usePatient, type Place } from './broken-notebook';

// The AWS CLI is started many times, and machines are busy.
jest.setTimeout(180_000);

const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const OTHER = '444455556666';
const ROLE = 'Put the whole policy on the role';
const API = 'Add it to the policy of the codeartifact.api endpoint';
const REPOSITORIES = 'Add it to the policy of the codeartifact.repositories endpoint';
const DOMAIN = 'Add it to the policy of the domain';
const REPOSITORY = 'Add it to the policy of the repository';

const patient = usePatient();
const { diagnose, paste } = patient;

/** AWS names one policy at a time: each step is what is refused next, and the text to run for it. */
const CASES: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['no-role-permission', [['token: identity', ROLE]]],
  ['no-bearer-token', [['token: identity', ROLE]]],
  ['no-repository-permission', [['endpoint: identity', ROLE]]],
  ['endpoint-policy-narrow', [['token: vpc_endpoint', API]]],
  ['endpoint-policy-no-bearer', [['token: vpc_endpoint', API]]],
  ['endpoint-policy-index-narrow', [['index: vpc_endpoint', REPOSITORIES]]]
];

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
  await patient.emulator.setScenario(scenario);
  await heal(steps);
});

test("a domain of another account: the role's policy here, then the domain's and the repository's there", async () => {
  await patient.emulator.setScenario('ok');
  const own = { ...patient.emulator.world.caller.policies['codeartifact-reader'].document };
  expect(own).toBeDefined();
  await patient.emulator.patchWorld({
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
  await patient.emulator.setScenario('endpoint-policy-narrow');
  const before = [patient.emulator.world.endpoints.api.policy.Statement].flat();
  await heal([['token: vpc_endpoint', API]]);
  expect([patient.emulator.world.endpoints.api.policy.Statement].flat().slice(0, before.length)).toEqual(
    before
  );
});

/** A Deny beats every Allow: no command of ours can mend it, but ours shows the statement that the text tells to change. */
test.each([
  ['endpoint-policy', 'token', 'codeartifact:GetAuthorizationToken', 'network administrator'],
  ['endpoint-policy-index', 'index', 'codeartifact:ReadFromRepository', 'network administrator'],
  ['repository-policy', 'index', 'codeartifact:ReadFromRepository', 'identity administrator']
])('%s: an explicit Deny is found by the text we print, and taking it out heals', async (scenario, id, action, who) => {
  await patient.emulator.setScenario(scenario);
  const rung = broken(await diagnose());
  expect(rung?.id).toBe(id);
  expect(rung?.fix).toMatchObject({ who, text: expect.stringContaining(action) });
  const { stdout } = await paste(textOf(rung, /^The policy (of the repository )?as it is now$/));
  const shown = JSON.parse(stdout) as { Statement: { Effect: string; Action: string }[] };
  const kept = shown.Statement.filter(each => !(each.Effect === 'Deny' && each.Action === action));
  expect(kept).toHaveLength(shown.Statement.length - 1);
  const policy = { Version: '2012-10-17', Statement: kept };
  await patient.emulator.patchWorld(
    {
      'endpoint-policy': { endpoints: { api: { policy } } },
      'endpoint-policy-index': { endpoints: { repositories: { policy } } },
      'repository-policy': { repositories: { isolatedsm: { policy: kept.length > 0 ? policy : null } } }
    }[scenario]
  );
  expect((await diagnose()).verdict).toBe('ok');
}); // prettier-ignore

test('a repository that draws from nowhere is ok with a warning, and gets its upstream by the texts we print', async () => {
  await patient.emulator.setScenario('ok');
  await patient.emulator.patchWorld({ repositories: { isolatedsm: { upstreams: [] }, 'pypi-store': null } });
  const document = await diagnose();
  expect(document.verdict).toBe('ok');
  const warned = document.rungs.find(rung => rung.warning?.includes('neither an upstream'));
  expect(warned?.id).toBe('endpoint');
  for (const snippet of warned?.fix?.snippets ?? []) {
    if (snippet.language === 'bash') {
      await paste(snippet.text);
    }
  }
  const { rungs } = await diagnose();
  expect(rungs.filter(rung => rung.warning !== undefined)).toEqual([]);
  expect(patient.emulator.world.repositories).toMatchObject({
    isolatedsm: { upstreams: ['pypi-store'] },
    'pypi-store': { externalConnections: ['public:pypi'] }
  });
});

test("a domain's disabled key", async () => {
  await patient.emulator.setScenario('key-disabled');
  const rung = broken(await diagnose());
  expect(rung?.fix?.who).toBe('identity administrator');
  const bash = rung?.fix?.snippets.filter(s => s.language === 'bash') ?? [];
  for (const { text } of bash) {
    await applyText(patient.emulator, text);
  }
  expect(patient.emulator.world.domains.analytics.keyState).toBe('Enabled');
  expect((await diagnose()).verdict).toBe('ok');
});

/** To a role that may use one domain only, a mistyped one is AccessDenied. A wrong setting is healed by looking the right one up with the text we print. */
test.each([
  ['domain-owner', '999988887777', 'access_denied', 'Domains of your own account in this Region', '111122223333'],
  ['domain', 'analytic', 'access_denied', 'Domains of your own account in this Region', 'analytics'],
  ['repository', 'isolated', 'not_found', 'Repositories of the domain', 'isolatedsm']
])('a wrong %s', async (setting, wrong, verdict, title, right) => {
  await patient.emulator.setScenario('ok');
  const document = await diagnose({ ...PLACE, [setting]: wrong });
  expect(document.verdict).toBe(verdict);
  const { stdout } = await paste(textOf(broken(document), title));
  expect(stdout.split(/\s+/)).toContain(right);
  expect((await diagnose({ ...PLACE, [setting]: right })).verdict).toBe('ok');
}); // prettier-ignore

/** A role that may everything hears that there is no such domain; one that may use a single domain, AccessDenied. */
test.each([
  ['not_found', { all: { document: ANYTHING } }],
  ['access_denied', {}]
])('a Region without the domain, told as %s: the text we print says which has it', async (verdict, policies) => {
  await patient.emulator.setScenario('ok');
  await patient.emulator.patchWorld({ otherRegions: CODEARTIFACT_REGIONS, caller: { policies } });
  const document = await diagnose({ ...PLACE, region: 'eu-west-1' });
  expect(document.verdict).toBe(verdict);
  const rung = broken(document);
  expect(rung?.fix?.text).toContain('eu-west-1');
  const { stdout } = await paste(textOf(rung, 'Domains of your own account in every Region'));
  const [region, domain, owner] = stdout.trim().split(/\s+/);
  expect([domain, owner]).toEqual([PLACE.domain, PLACE['domain-owner']]);
  expect((await diagnose({ ...PLACE, region: region ?? '' })).verdict).toBe('ok');
}); // prettier-ignore
