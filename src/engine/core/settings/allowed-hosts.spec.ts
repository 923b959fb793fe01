import * as fc from 'fast-check';
import { checkEndpoint, regionOfHost } from './allowed-hosts';

const passes = (url: string, rules = {}) => checkEndpoint(url, rules).ok;

const OWN = [
  'codeartifact.us-east-1.amazonaws.com',
  'codeartifact-fips.us-east-1.amazonaws.com',
  'codeartifact.us-east-1.api.aws',
  'my-domain-111122223333.d.codeartifact.us-east-1.amazonaws.com',
  'my-domain-111122223333.codeartifact.us-east-1.on.aws',
  'vpce-0a1b2c3d-abcd.api.codeartifact.us-east-1.vpce.amazonaws.com',
  'vpce-0a1b2c3d-abcd-us-east-1a.d.codeartifact.us-east-1.vpce.amazonaws.com'
];

it.each(OWN)("CodeArtifact's own host %s", host => {
  expect(passes(`https://${host}`, { region: 'us-east-1' })).toBe(true);
  expect(passes(`https://${host}:443/pypi/r/`)).toBe(true);
  expect(passes(`HTTPS://${host.toUpperCase()}/`)).toBe(true);
  expect(regionOfHost(host)).toBe('us-east-1');
  expect(passes(`http://${host}`)).toBe(false);
  expect(passes(`https://${host}:8443`)).toBe(false);
  expect(passes(`https://${host}`, { region: 'eu-west-1' })).toBe(false);
});

it.each([
  'https://evilamazonaws.com',
  'https://codeartifact.us-east-1.evilamazonaws.com',
  'https://codeartifact.us-east-1.amazonaws.com.evil.example',
  'https://codeartifact.us-east-1.amazonaws.com@evil.example',
  'https://codeartifact.us-east-1.amazonaws.com:pw@evil.example/',
  'https://evil.example/codeartifact.us-east-1.amazonaws.com',
  'https://evil.example#codeartifact.us-east-1.amazonaws.com',
  'https://evil.example?codeartifact.us-east-1.amazonaws.com',
  'https://evil.example\\.codeartifact.us-east-1.amazonaws.com',
  'https://codeartifact.us-east-1.amazonaws.com.',
  'https://codeartifact.us-east-1.amazonaws.com./',
  'https://codeartifact..amazonaws.com',
  'https://a.b.codeartifact.us-east-1.on.aws',
  'https://x.execute-api.us-east-1.amazonaws.com',
  'https://x.lambda-url.us-east-1.on.aws',
  'https://codeartifact.lambda-url.us-east-1.on.aws',
  'https://ec2-203-0-113-1.compute-1.amazonaws.com',
  'https://bucket.s3.amazonaws.com',
  'https://d.codeartifact.us-east-1.amazonaws.com.s3.amazonaws.com',
  'https://xn--cdeartifact-4yb.us-east-1.amazonaws.com',
  'https://codeartіfact.us-east-1.amazonaws.com',
  'https://codeartifact.us-east-1.amazonaws。com.evil.example',
  'https://[::1]/',
  'https://127.0.0.1',
  'https://169.254.169.254/latest/',
  'ftp://codeartifact.us-east-1.amazonaws.com',
  'javascript:alert(1)//codeartifact.us-east-1.amazonaws.com',
  'file:///etc/passwd',
  'codeartifact.us-east-1.amazonaws.com',
  '',
  ' ',
  'https://'
])('not %s', url => {
  expect(passes(url)).toBe(false);
});

it('full-width letters that mean the same host are that host', () => {
  expect(passes('https://codeartifact.us-east-1.ａmazonaws.com')).toBe(true);
});

describe('what the administrator allows', () => {
  it.each<[string, string, boolean]>([
    ['mirror.corp.example', 'https://mirror.corp.example/x', true],
    ['Mirror.Corp.example', 'https://mirror.corp.example', true],
    ['mirror.corp.example', 'http://mirror.corp.example', false],
    ['mirror.corp.example', 'https://mirror.corp.example:8443', false],
    ['mirror.corp.example:8443', 'https://mirror.corp.example:8443', true],
    ['mirror.corp.example', 'https://a.mirror.corp.example', false],
    ['mirror.corp.example', 'https://mirror.corp.example.evil.example', false],
    ['*.corp.example', 'https://a.b.corp.example', true],
    ['*.corp.example', 'https://corp.example', false],
    ['*.corp.example', 'https://evilcorp.example', false],
    ['http://localhost:8080', 'http://localhost:8080/pypi', true],
    ['http://localhost:8080', 'https://localhost:8080', false],
    ['*', 'https://evil.example', false],
    ['*.', 'https://evil.example', false],
    ['', 'https://evil.example', false],
    ['https://', 'https://evil.example', false]
  ])('%s allows %s: %s', (entry, url, expected) => {
    expect(passes(url, { allowedEndpointHosts: [entry] })).toBe(expected);
  });
});

it('a host that the environment names may have any port and plain http, but no user name', () => {
  const rules = { trustedHosts: ['127.0.0.1'] };
  expect(passes('http://127.0.0.1:1234/pypi/r/', rules)).toBe(true);
  expect(passes('https://127.0.0.1', rules)).toBe(true);
  expect(passes('http://127.0.0.2:1234', rules)).toBe(false);
  expect(passes('http://aws:canary@127.0.0.1:1234', rules)).toBe(false);
  expect(passes('http://127.0.0.1.evil.example', rules)).toBe(false);
  expect(passes('http://x/', { trustedHosts: [''] })).toBe(false);
});

it('nothing that is glued to a right host is right', () => {
  const host = fc.constantFrom(...OWN);
  const glue = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'.-@:/\\#?%a1é。 \t[]') });
  fc.assert(
    fc.property(
      host,
      glue,
      fc.constantFrom('evil.example', 'evil.com:443', 'amazonaws.com.evil'),
      (own, between, evil) => {
        for (const url of [`https://${own}${between}${evil}`, `https://${evil}${between}${own}`]) {
          if (passes(url)) {
            const { hostname, username, password } = new URL(url);
            expect([regionOfHost(hostname), username, password]).toEqual(['us-east-1', '', '']);
            expect(hostname).not.toMatch(/evil/);
          }
        }
      }
    ),
    { numRuns: 3000 }
  );
});

it('whatever passes is https on port 443 at a host with a Region of its own', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.domain().map(d => `https://${d}`)
      ),
      text => {
        if (passes(text)) {
          const url = new URL(text);
          expect([url.protocol, url.port, regionOfHost(url.hostname)]).toEqual([
            'https:',
            '',
            expect.any(String)
          ]);
        }
      }
    )
  );
});

it('a refusal repeats no credentials', () => {
  const result = checkEndpoint('https://aws:canary@evil.example/?t=canary', {});
  expect(JSON.stringify(result)).not.toContain('canary');
});
