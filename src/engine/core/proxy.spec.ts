import { execFileSync, spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { proxyFor, shownProxy, type ProxyReader } from './proxy';

const API = 'https://codeartifact.eu-central-1.amazonaws.com';
const proxy = 'http://proxy.corp:3128';

// What the AWS CLI and pip do, recorded from urllib and requests; the differential test below keeps it honest.
test.each<[string, Record<string, string>, string, string | null, string | null]>([
  ['nothing set', {}, API, null, null],
  ['upper case', { HTTPS_PROXY: proxy }, API, proxy, proxy],
  ['lower case wins', { HTTPS_PROXY: 'http://other:1', https_proxy: proxy }, API, proxy, proxy],
  ['an empty lower-case one unsets', { HTTPS_PROXY: proxy, https_proxy: '' }, API, null, null],
  ['http variable is not for https', { HTTP_PROXY: proxy }, API, null, null],
  ['all_proxy is pip alone', { ALL_PROXY: proxy }, API, null, proxy],
  ['no scheme', { HTTPS_PROXY: 'proxy.corp:3128' }, API, proxy, proxy],
  ['suffix', { HTTPS_PROXY: proxy, NO_PROXY: 'amazonaws.com' }, API, null, null],
  ['suffix with a dot', { HTTPS_PROXY: proxy, NO_PROXY: '.amazonaws.com' }, API, null, null],
  ['star in front', { HTTPS_PROXY: proxy, NO_PROXY: '*.amazonaws.com' }, API, proxy, proxy],
  ['star alone', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, API, null, null],
  ['star in a list', { HTTPS_PROXY: proxy, NO_PROXY: 'a.b, *' }, API, proxy, proxy],
  ['upper-case entry', { HTTPS_PROXY: proxy, NO_PROXY: 'AMAZONAWS.COM' }, API, null, null],
  ['CIDR is pip alone', { HTTP_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, 'http://10.1.2.3/', proxy, null],
  ['address', { HTTP_PROXY: proxy, NO_PROXY: '10.1.2.3' }, 'http://10.1.2.3:8080/', null, null],
  ['entry with a port', { HTTP_PROXY: proxy, NO_PROXY: 'a.corp:8080' }, 'http://a.corp:8080/', null, null],
  ['PIP_PROXY beats NO_PROXY', { PIP_PROXY: proxy, NO_PROXY: '*' }, API, null, proxy]
])('%s', (_, env, url, aws, pip) => {
  expect(proxyFor(url, env, 'aws')?.url ?? null).toBe(aws);
  expect(proxyFor(url, env, 'pip')?.url ?? null).toBe(pip);
});

test('names the variable and never shows credentials', () => {
  const choice = proxyFor(API, { https_proxy: 'http://me:s3cret@proxy.corp:3128' }, 'aws');
  expect(choice?.variable).toBe('https_proxy');
  expect(shownProxy(choice ?? '')).toBe('http://proxy.corp:3128');
  expect(shownProxy('http://me:s3c ret@[')).not.toContain('s3c');
});

const python = ['python3', 'python'].find(name => spawnSync(name, ['-c', 'pass']).status === 0);
const judge = `
import json, os, sys, urllib.request
from urllib.parse import urlparse
try:
    from pip._vendor.requests import utils as requests
except ImportError:
    requests = None
answers = []
for url, env in json.load(sys.stdin):
    os.environ.clear(); os.environ.update(env)
    parsed = urlparse(url)
    aws = None if urllib.request.proxy_bypass(parsed.netloc) else urllib.request.getproxies().get(parsed.scheme)
    pip = requests.select_proxy(url, requests.get_environ_proxies(url)) if requests else 'unknown'
    answers.append([aws or None, pip or None])
json.dump(answers, sys.stdout)
`;

(python ? test : test.skip)('agrees with urllib and requests on 3,000 random environments', () => {
  const host = fc.constantFrom('a.example.com', 'b.example.com', '10.1.2.3', 'x.y', 'B.EXAMPLE.com');
  const port = fc.constantFrom('', ':443', ':8080');
  const url = fc
    .tuple(fc.constantFrom('http', 'https'), host, port)
    .map(([s, h, p]) => `${s}://${h}${p}/simple/`);
  // No entry is a bare suffix that ends inside a label: requests changed its mind there between versions.
  const entry = fc.constantFrom(
    'example.com',
    '.example.com',
    '*.example.com',
    '*',
    '10.0.0.0/8',
    '10.1.2.3',
    '10.1.2.3/32',
    '11.0.0.0/8',
    'a.example.com:443',
    'x.y:8080',
    '.EXAMPLE.com',
    ' x.y ',
    '',
    '10.0.0.0/0',
    '10.0.0.0/33',
    'z'
  );
  const value = fc.constantFrom('http://p:1', 'http://q:2', '');
  const env = fc.record(
    {
      HTTP_PROXY: value,
      https_proxy: value,
      HTTPS_PROXY: value,
      Https_Proxy: value,
      ALL_PROXY: value,
      all_proxy: value,
      NO_PROXY: fc.array(entry, { maxLength: 3 }).map(list => list.join(',')),
      no_proxy: fc.array(entry, { maxLength: 3 }).map(list => list.join(',')),
      REQUEST_METHOD: fc.constant('GET')
    },
    { requiredKeys: [] }
  );
  const cases = fc.sample(fc.tuple(url, env), { numRuns: 3000, seed: 20261123 });
  const answers = JSON.parse(
    execFileSync(python ?? '', ['-c', judge], {
      input: JSON.stringify(cases),
      env: { PATH: process.env.PATH },
      encoding: 'utf8'
    })
  ) as [string | null, string | null][];
  const wrong = cases.flatMap(([target, variables], i) =>
    (['aws', 'pip'] as ProxyReader[]).flatMap((reader, r) => {
      const expected = answers[i]?.[r] ?? null;
      const got = proxyFor(target, variables as Record<string, string>, reader)?.url ?? null;
      return expected === 'unknown' || expected === got ? [] : [{ reader, target, variables, expected, got }];
    })
  );
  expect(wrong.slice(0, 3)).toEqual([]);
});
