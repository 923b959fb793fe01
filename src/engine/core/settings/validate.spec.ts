import * as fc from 'fast-check';
import { DEFAULT_SETTINGS, SETTINGS, SettingsSchema } from '../../../protocol/settings';
import { requireSettings, type SettingProblem, validate } from './validate';

const problemsOf = (raw: Record<string, unknown>, rules = {}): readonly SettingProblem[] => {
  const result = validate(raw, rules);
  return result.ok ? [] : (result.failure.evidence.problems as SettingProblem[]);
};

const VPCE = 'vpce-0a1b2c3d4e5f6a7b8-abcd1234';

it('nothing set is right, and gives the defaults', () => {
  expect(validate({})).toEqual({ ok: true, value: DEFAULT_SETTINGS });
  expect(validate({ domain: null, tools: undefined })).toEqual({ ok: true, value: DEFAULT_SETTINGS });
});

it.each<[string, unknown]>([
  ['domain', 'my-domain'],
  ['domain', 'a1'],
  ['domain', 'a'.repeat(50)],
  ['domainOwner', '000000000001'],
  ['repository', 'My.Repo_1-x'],
  ['repository', 'r'.repeat(100)],
  ['region', 'eu-central-1'],
  ['profile', 'dev/admin two'],
  ['apiEndpoint', `https://${VPCE}.api.codeartifact.us-east-1.vpce.amazonaws.com`],
  ['apiEndpoint', 'https://codeartifact.us-east-1.api.aws'],
  ['repositoriesEndpoint', `https://${VPCE}.d.codeartifact.us-east-1.vpce.amazonaws.com/`],
  ['endpointType', 'dualstack'],
  ['durationSeconds', 0],
  ['durationSeconds', 900],
  ['durationSeconds', 43200],
  ['tools', ['pip', 'uv', 'twine']],
  ['fleetSize', 10000]
])('%s may be %j', (name, value) => {
  expect(validate({ [name]: value })).toMatchObject({ ok: true, value: { [name]: value } });
});

it.each<[string, unknown, RegExp]>([
  ['domain', 'My-Domain', /lower-case letters.*such as my-domain.*did you mean my-domain\?/],
  ['domain', 'a', /2 to 50/],
  ['domain', 'a'.repeat(51), /a text of 51 characters/],
  ['domain', 'my_domain', /"my_domain"/],
  ['domain', 'domain-', /domain must be/],
  ['domainOwner', '12345', /12 digits of an AWS account, such as 111122223333: it is "12345"\.$/],
  ['domainOwner', '1111-2222-3333', /write 111122223333/],
  ['domainOwner', 111122223333, /text in quotes, such as "111122223333"/],
  ['repository', 'domain/repo', /without the domain or a slash/],
  ['repository', 'r', /2 to 100/],
  ['repository', '-repo', /repository must be/],
  ['region', 'us-east1', /did you mean us-east-1\?/],
  ['region', 'eu-west-1a', /did you mean eu-west-1\?/],
  ['region', 'EU_WEST_1', /did you mean eu-west-1\?/],
  ['region', 'us-west-1', /not offered in the Region us-west-1.*us-west-2/],
  ['region', 'ca-central-1', /not offered/],
  ['region', 'moon', /"moon" is none\.$/],
  ['region', 'us-east-1.evil.example/', /is none/],
  ['profile', 'a]\n[b', /profile must be/],
  ['apiEndpoint', 'http://codeartifact.us-east-1.amazonaws.com', /must begin with https:\/\//],
  ['apiEndpoint', 'codeartifact', /must be an address/],
  ['apiEndpoint', 'https://example.com', /CodeArtifact's own hosts.*allowed_endpoint_hosts/],
  [
    'apiEndpoint',
    `https://${VPCE}.d.codeartifact.us-east-1.vpce.amazonaws.com`,
    /".d.codeartifact." is the other endpoint's/
  ],
  [
    'repositoriesEndpoint',
    `https://${VPCE}.api.codeartifact.us-east-1.vpce.amazonaws.com`,
    /".api.codeartifact." is the other/
  ],
  [
    'repositoriesEndpoint',
    'https://aws:canary@x.d.codeartifact.us-east-1.amazonaws.com',
    /must not carry a user name/
  ],
  ['endpointType', 'ipv6', /ipv4 or dualstack.*did you mean ipv4\?/],
  ['durationSeconds', 10, /900 to 43200.*it is 10\.$/],
  ['durationSeconds', 899, /900/],
  ['durationSeconds', 43201, /43200/],
  ['durationSeconds', 900.5, /whole number/],
  ['durationSeconds', -1, /whole number/],
  ['durationSeconds', NaN, /NaN/],
  ['durationSeconds', '3600', /must be a number/],
  ['tools', ['pipp'], /"pipp" is none of them \(did you mean pip\?\)/],
  ['tools', [], /at least one/],
  ['tools', 'pip', /must be a list/],
  ['scope', 'everywhere', /user, site or global/],
  ['indexMode', null, /^$/],
  ['credentials', 'keyring', /netrc or inline/],
  ['autoConnect', 'yes', /true or false: it is "yes"/],
  ['fleetSize', -1, /0 to 1000000/],
  ['fleetSize', 1e9, /0 to 1000000/]
])('%s may not be %j', (name, value, message) => {
  const problems = problemsOf({ [name]: value });
  if (message.source === '^$') {
    expect(problems).toEqual([]);
    return;
  }
  expect(problems).toEqual([{ setting: name, message: expect.stringMatching(message) }]);
  expect(problems[0].message).toMatch(new RegExp(`${name}|not offered`));
  expect(problems[0].message).toMatch(/\.$/);
  expect(problems[0].message).not.toContain('canary');
});

it('tells every problem at once, in the order of the settings editor', () => {
  const result = validate({ durationSeconds: 10, domainOwner: '1', repository: 'a/b', region: 'x' });
  expect(result).toMatchObject({
    ok: false,
    failure: { verdict: 'invalid_settings', cause: 'invalid_settings' }
  });
  expect(
    problemsOf({ durationSeconds: 10, domainOwner: '1', repository: 'a/b', region: 'x' }).map(p => p.setting)
  ).toEqual(['domainOwner', 'repository', 'region', 'durationSeconds']);
});

it('drops the white space that pasting brings, and doubles in a list', () => {
  expect(validate({ domain: ' my-domain\n', tools: ['pip', 'pip'] })).toMatchObject({
    ok: true,
    value: { domain: 'my-domain', tools: ['pip'] }
  });
});

it('an unknown Region passes with an API endpoint of its own: the list may be older than AWS', () => {
  const apiEndpoint = 'https://codeartifact.ap-south-9.amazonaws.com';
  expect(problemsOf({ region: 'ap-south-9' })).toHaveLength(1);
  expect(problemsOf({ region: 'ap-south-9', apiEndpoint })).toEqual([]);
});

it('an endpoint of another Region is told with both', () => {
  const apiEndpoint = 'https://codeartifact.eu-west-1.amazonaws.com';
  expect(problemsOf({ region: 'us-east-1', apiEndpoint })[0].message).toMatch(/eu-west-1.*us-east-1/);
});

it('the administrator and the environment may allow more hosts', () => {
  const raw = { apiEndpoint: 'http://127.0.0.1:9000', repositoriesEndpoint: 'https://mirror.corp.example' };
  expect(problemsOf(raw)).toHaveLength(2);
  expect(
    problemsOf(raw, { trustedHosts: ['127.0.0.1'], allowedEndpointHosts: ['mirror.corp.example'] })
  ).toEqual([]);
});

it('a pasted token is never repeated', () => {
  const token = 'eyJ2ZXIiOjEsImlzdSI6MTY5'.repeat(20);
  for (const { name } of SETTINGS) {
    const result = validate({ [name]: token });
    expect(JSON.stringify(result.ok ? '' : result.failure)).not.toContain(token.slice(0, 24));
  }
});

it('whatever is given, it answers with right settings or with sentences', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.double(),
    fc.array(fc.string()),
    fc.constant(null),
    fc.object()
  );
  const raw = fc.dictionary(fc.constantFrom(...SETTINGS.map(row => row.name)), value);
  fc.assert(
    fc.property(raw, given => {
      const result = validate(given);
      if (result.ok) {
        expect(SettingsSchema.safeParse(result.value).success).toBe(true);
      } else {
        for (const { message } of result.failure.evidence.problems as SettingProblem[]) {
          expect(message).toMatch(/^[\s\S]{10,600}\.$/);
        }
      }
    })
  );
});

it('says what a verb cannot do without', () => {
  expect(
    requireSettings({ ...DEFAULT_SETTINGS, domain: 'd1', repository: 'r1' }, ['domain', 'repository'])
  ).toMatchObject({ ok: true });
  expect(requireSettings(DEFAULT_SETTINGS, ['domain', 'repository'])).toMatchObject({
    ok: false,
    failure: {
      verdict: 'invalid_settings',
      summary: expect.stringMatching(/^domain is not set: .*repository is not set: /)
    }
  });
});
