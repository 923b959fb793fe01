import { type Emulator, startEmulator } from '../../../testing/emulator/emulator';
import { runChecks, depsWith, runtimeWith } from '../../../testing/fixtures/diagnosis/emulator-harness';

/** Where pip gets packages from: "every hop answers, and pip can install" is not said over a source that is not there. */
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
}, 30_000);
beforeEach(() => emulator.setScenario('ok'));
afterAll(() => emulator.close());

const warned = async () => {
  const diagnosed = await runChecks(depsWith(runtimeWith(emulator.env)));
  expect(diagnosed.verdict).toBe('ok');
  return diagnosed.rungs.find(rung => rung.id === 'endpoint');
};

const allow = (Resource: string, Action: string | string[] = 'codeartifact:*') => ({
  document: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action, Resource },
      { Effect: 'Allow', Action: 'sts:GetServiceBearerToken', Resource: '*' }
    ]
  }
});

const ARN = 'arn:aws:codeartifact:us-east-1:111122223333';
const WITHOUT_DESCRIBE = ['GetAuthorizationToken', 'GetRepositoryEndpoint', 'ReadFromRepository'].map(
  name => `codeartifact:${name}`
);

test('a chain that reaches PyPI is nothing to speak of, however long', async () => {
  await emulator.patchWorld({
    repositories: {
      isolatedsm: { upstreams: ['middle'] },
      middle: {
        domain: 'analytics',
        description: '',
        upstreams: ['pypi-store', 'isolatedsm'],
        externalConnections: [],
        policy: null
      }
    }
  });
  expect((await warned())?.warning).toBeUndefined();
});

test('an upstream without its external connection is told, with what connects it', async () => {
  await emulator.patchWorld({ repositories: { 'pypi-store': { externalConnections: [] } } });
  const rung = await warned();
  expect(rung?.warning).toContain(
    'Neither the repository isolatedsm nor its upstreams (pypi-store) have an external connection'
  );
  expect(rung?.fix?.snippets[0]?.text).toContain('associate-external-connection');
});

test.each([
  ['the repository itself', '*', WITHOUT_DESCRIBE, 'isolatedsm'],
  ['an upstream', `${ARN}:*/analytics*`, 'codeartifact:*', 'pypi-store']
])('what may not be looked at is said to be unchecked: %s', async (_, resource, actions, notChecked) => {
  await emulator.patchWorld({
    caller: { policies: { 'codeartifact-reader': null, own: allow(resource, actions) } },
    ...(notChecked === 'pypi-store'
      ? {
          repositories: {
            'pypi-store': {
              policy: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Deny',
                    Principal: '*',
                    Action: 'codeartifact:DescribeRepository',
                    Resource: '*'
                  }
                ]
              }
            }
          }
        }
      : {})
  });
  const rung = await warned();
  expect(rung?.warning).toContain(`Not checked: upstreams. This role may not look at ${notChecked}`);
  expect(JSON.stringify(rung?.fix)).toContain('DescribeRepository');
});
