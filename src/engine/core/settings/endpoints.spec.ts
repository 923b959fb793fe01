import { DEFAULT_SETTINGS } from '../../../protocol/settings';
import { apiEndpoint, trustedHosts } from './endpoints';
import { endpointOptions } from './endpoint-options';
import { indexUrl, publishUrl } from './index-url';

type Env = Record<string, string>;
/** `findRegion` hands over the profile's endpoint only where no variable names one, or says to ignore all. */
const at = (settings: object, env: Env = {}, profile?: { url: string; source: string }) =>
  apiEndpoint(
    { ...DEFAULT_SETTINGS, ...settings },
    'eu-west-1',
    env,
    profile && Object.keys(env).length === 0 ? { named: profile, options: endpointOptions(env) } : undefined
  );

describe('the API', () => {
  const OWN = 'https://vpce-1.api.codeartifact.eu-west-1.vpce.amazonaws.com';
  const profile = { url: 'https://profile.example', source: 'endpoint_url of profile dev' };
  const both = {
    AWS_ENDPOINT_URL_CODEARTIFACT: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL: 'http://127.0.0.2:2'
  };

  it.each<[string, object, Env, typeof profile | undefined, string, string, boolean]>([
    [
      'nothing set',
      {},
      {},
      undefined,
      'https://codeartifact.eu-west-1.amazonaws.com',
      "the Region's own endpoint",
      false
    ],
    [
      'dual-stack',
      { endpointType: 'dualstack' },
      {},
      undefined,
      'https://codeartifact.eu-west-1.api.aws',
      "the Region's dual-stack endpoint",
      false
    ],
    [
      'dual-stack by the variable',
      {},
      { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
      undefined,
      'https://codeartifact.eu-west-1.api.aws',
      "the Region's dual-stack endpoint",
      false
    ],
    ['the setting wins', { apiEndpoint: `${OWN}/` }, both, profile, OWN, 'the setting apiEndpoint', false],
    [
      "the service's variable",
      {},
      both,
      profile,
      'http://127.0.0.1:1',
      'the variable AWS_ENDPOINT_URL_CODEARTIFACT',
      true
    ],
    [
      'the general variable',
      {},
      { AWS_ENDPOINT_URL: 'http://127.0.0.2:2/' },
      profile,
      'http://127.0.0.2:2',
      'the variable AWS_ENDPOINT_URL',
      true
    ],
    ['the profile', {}, {}, profile, 'https://profile.example', 'endpoint_url of profile dev', false],
    [
      'ignored, as the variable says',
      {},
      { ...both, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' },
      profile,
      'https://codeartifact.eu-west-1.amazonaws.com',
      "the Region's own endpoint",
      false
    ],
    [
      'the setting names the host of the variable',
      { apiEndpoint: 'http://127.0.0.1:9' },
      both,
      undefined,
      'http://127.0.0.1:9',
      'the setting apiEndpoint',
      true
    ]
  ])('%s', (_, settings, env, named, url, source, trusted) => {
    expect(at(settings, env, named)).toEqual({ url, source, trusted });
  });

  it('only a readable variable makes a host trusted', () => {
    expect(trustedHosts(both)).toEqual(['127.0.0.1']);
    expect(trustedHosts({ AWS_ENDPOINT_URL: 'nonsense' })).toEqual([]);
    expect(trustedHosts({})).toEqual([]);
  });
});

describe('the index', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    domain: 'my-domain',
    domainOwner: '111122223333',
    repository: 'repo'
  };
  const answered = 'https://my-domain-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/repo/';
  const vpce = 'https://vpce-1.d.codeartifact.eu-west-1.vpce.amazonaws.com';

  it.each<[string, string, object, string]>([
    ["AWS's answer", answered, {}, answered],
    ["AWS's answer without a slash", answered.slice(0, -1), {}, answered],
    ['not asked yet', '', {}, answered],
    [
      'not asked yet, dual-stack',
      '',
      { endpointType: 'dualstack' },
      'https://my-domain-111122223333.codeartifact.eu-west-1.on.aws/pypi/repo/'
    ],
    [
      'without private DNS',
      answered,
      { repositoriesEndpoint: vpce },
      `${vpce}/pypi/d/my-domain-111122223333/repo/`
    ],
    [
      'without private DNS, the owner from the answer',
      answered,
      { repositoriesEndpoint: `${vpce}/`, domainOwner: '' },
      `${vpce}/pypi/d/my-domain-111122223333/repo/`
    ]
  ])('%s', (_, endpoint, more, expected) => {
    expect(publishUrl(endpoint, { ...settings, ...more }, 'eu-west-1')).toBe(expected);
    expect(indexUrl(endpoint, { ...settings, ...more }, 'eu-west-1')).toBe(`${expected}simple/`);
  });
});

it('takes no variable where the profile says to ignore all', () => {
  const options = endpointOptions({}, { ignore_configured_endpoint_urls: 'true' });
  const env = { AWS_ENDPOINT_URL: 'https://all.example' };
  expect(apiEndpoint(DEFAULT_SETTINGS, 'eu-west-1', env, { options }).url).toBe(
    'https://codeartifact.eu-west-1.amazonaws.com'
  );
});

it.each([
  [{ AWS_USE_FIPS_ENDPOINT: 'true' }, {}, 'https://codeartifact-fips.us-east-1.amazonaws.com'],
  [
    {},
    { use_fips_endpoint: 'true', use_dualstack_endpoint: 'True' },
    'https://codeartifact-fips.us-east-1.api.aws'
  ],
  [
    { AWS_USE_FIPS_ENDPOINT: 'false' },
    { use_fips_endpoint: 'true' },
    'https://codeartifact.us-east-1.amazonaws.com'
  ]
])('FIPS and dual-stack of %j and the profile %j', (env, profile, url) => {
  const options = endpointOptions(env, profile);
  expect(apiEndpoint(DEFAULT_SETTINGS, 'us-east-1', env, { options }).url).toBe(url);
});
