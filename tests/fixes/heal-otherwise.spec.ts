// The fix fixes in its other forms too: the CloudFormation fragment by those who keep their AWS in stacks, and the JSON statements by
// those who edit policies in the console. What is printed is read by a small translator and becomes the emulator's world; the
// next ladder is ok. Endpoints and security groups, which want names and addresses, are in tests/netns.
import { mergePatch } from '../../testing/emulator/world/merge-patch';
import type { Packages } from '../../src/protocol/listing';
import type { Rung } from '../../src/protocol/rung';
import type { World } from '../../testing/emulator/world/world';
import { patchesOf, readYaml } from './cloudformation';
import { broken, nameOf, PLACE, textOf, usePatient, type Place } from './broken-notebook';

jest.setTimeout(180_000);

const OTHER = '444455556666';
const patient = usePatient();
const { diagnose } = patient;

/** A stack that is updated with the printed text. */
async function deploy(text: string): Promise<void> {
  for (const patch of patchesOf(text, patient.emulator.world)) {
    await patient.emulator.patchWorld(patch);
  }
}

/** Statements that are pasted into the policy that the text names. */
async function edit(rung: Rung, text: string): Promise<void> {
  const { world } = patient.emulator;
  const pasted = [JSON.parse(text) as object].flat();
  const grown = (policy: { Statement: unknown } | null) => ({
    Version: '2012-10-17',
    Statement: [...(policy ? [policy.Statement].flat() : []), ...pasted]
  });
  const at: Record<string, () => unknown> = {
    identity: () => ({
      caller: { policies: { pasted: { document: grown(world.caller.policies.pasted?.document ?? null) } } }
    }),
    vpc_endpoint: () => {
      const side = /codeartifact\.(api|repositories) endpoint/.exec(rung.fix?.text ?? '')?.[1] as 'api';
      return { endpoints: { [side]: { policy: grown(world.endpoints[side].policy) } } };
    },
    resource: () =>
      rung.fix?.text.includes('the policy of the domain')
        ? { domains: { analytics: { policy: grown(world.domains.analytics.policy) } } }
        : { repositories: { isolatedsm: { policy: grown(world.repositories.isolatedsm.policy) } } }
  };
  await patient.emulator.patchWorld(at[String(rung.evidence.policyType)]?.());
}

type Form = 'CloudFormation' | 'JSON';
const apply = (form: Form, rung: Rung): Promise<void> =>
  form === 'JSON'
    ? edit(rung, textOf(rung, /^The missing statements?$/, 'json'))
    : deploy(textOf(rung, /^CloudFormation/, 'yaml'));

/** AWS names one policy at a time: what is refused next, in order. */
async function heal(form: Form, steps: readonly string[], place?: Place): Promise<void> {
  for (const wanted of steps) {
    const rung = broken(await diagnose(place));
    expect(rung && nameOf(rung)).toBe(wanted);
    await apply(form, rung as Rung);
  }
  const { verdict, summary } = await diagnose(place);
  expect({ verdict, summary }).toEqual({ verdict: 'ok', summary: expect.any(String) });
}

/** By one statement only the action that AWS named is allowed, so what comes behind it is refused next. */
const CASES: readonly (readonly [string, Form, readonly string[]])[] = [
  ['no-role-permission', 'CloudFormation', ['token: identity']],
  ['no-role-permission', 'JSON', ['token: identity']],
  ['no-bearer-token', 'CloudFormation', ['token: identity']],
  ['no-bearer-token', 'JSON', ['token: identity']],
  ['no-repository-permission', 'CloudFormation', ['endpoint: identity']],
  ['no-repository-permission', 'JSON', ['endpoint: identity', 'index: identity']],
  ['endpoint-policy-narrow', 'CloudFormation', ['token: vpc_endpoint']],
  ['endpoint-policy-narrow', 'JSON', ['token: vpc_endpoint']],
  ['endpoint-policy-no-bearer', 'CloudFormation', ['token: vpc_endpoint']],
  ['endpoint-policy-no-bearer', 'JSON', ['token: vpc_endpoint']],
  ['endpoint-policy-index-narrow', 'CloudFormation', ['index: vpc_endpoint']],
  ['endpoint-policy-index-narrow', 'JSON', ['index: vpc_endpoint']]
]; // prettier-ignore

test.each(CASES)('%s is healed by the %s that we print', async (scenario, form, steps) => {
  await patient.emulator.setScenario(scenario);
  await heal(form, steps);
});

test('a role that may nothing: one statement after the other, each as it is refused', async () => {
  await patient.emulator.setScenario('ok');
  await patient.emulator.patchWorld({ caller: { policies: { 'codeartifact-reader': null } } });
  await heal('JSON', ['token: identity', 'token: identity', 'endpoint: identity', 'index: identity']);
});

test.each(['CloudFormation', 'JSON'] as const)(
  'a domain of another account: its own two policies by the %s that we print',
  async form => {
    await patient.emulator.setScenario('ok');
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    await patient.emulator.patchWorld({
      domains: { analytics: { owner: OTHER } },
      caller: { policies: { all: { document: { Version: '2012-10-17', Statement } } } }
    });
    await heal(form, ['token: resource', 'endpoint: resource'], { ...PLACE, 'domain-owner': OTHER });
  }
);

test('a repository that draws from nowhere, by the CloudFormation that we print', async () => {
  await patient.emulator.setScenario('ok');
  await patient.emulator.patchWorld({ repositories: { isolatedsm: { upstreams: [] }, 'pypi-store': null } });
  const warned = (await diagnose()).rungs.find(rung => rung.warning?.includes('neither an upstream'));
  await patient.paste(textOf(warned, 'If no repository is connected to PyPI yet'));
  // The one property: the repository itself is in somebody's stack already, and may be in no other.
  const { Upstreams, ...rest } = readYaml(textOf(warned, /^CloudFormation/, 'yaml')) as {
    Upstreams: string[];
  };
  expect(rest).toEqual({});
  await patient.emulator.patchWorld({ repositories: { isolatedsm: { upstreams: Upstreams } } });
  const { verdict, rungs } = await diagnose();
  expect({ verdict, warnings: rungs.flatMap(rung => rung.warning ?? []) }).toEqual({
    verdict: 'ok',
    warnings: []
  });
});

test.each(['CloudFormation', 'JSON', 'bash'] as const)(
  'a list that the role may not ask for is told so, and there by the %s that we print',
  async form => {
    await patient.emulator.setScenario('ok');
    const { policies } = patient.emulator.world.caller;
    const text = JSON.stringify(policies['codeartifact-reader'].document);
    const without = mergePatch(JSON.parse(text), {
      Statement: (JSON.parse(text) as { Statement: { Action: string | string[] }[] }).Statement.map(each => ({
        ...each,
        Action: [each.Action].flat().filter(action => !action.includes(':List'))
      })).filter(each => each.Action.length > 0)
    }) as World['managedPolicies'][string];
    await patient.emulator.patchWorld({ caller: { policies: { 'codeartifact-reader': { document: without } } } });
    const refused = await patient.ask<Packages>('packages');
    expect(refused).toMatchObject({ verdict: 'access_denied', packages: [] });
    expect(refused.summary).toMatch(
      /^The network is fine\. The role notebook-role may not list the packages of the repository\. No identity-based policy allows codeartifact:ListPackages\. Connecting does without it; "jupyter codeartifact policy --for role --listing" prints what the role needs for it\.$/
    );
    const [rung] = refused.rungs ?? [];
    if (form === 'bash') {
      await patient.paste(textOf(rung, 'Put the whole policy on the role'));
    } else {
      await apply(form, rung as Rung);
    }
    expect((await patient.ask<Packages>('packages')).verdict).toBe('ok');
    expect((await diagnose()).verdict).toBe('ok');
  }
); // prettier-ignore
