import { createHome, configure, HOST, type Home, INDEX, target } from '../../../tests/files/home-fixture';
import { readNetrc } from './netrc/netrc';
import { takeMachine } from './netrc/netrc-edit';
import { readPipConfig } from './pip/config';
import { NOTHING_REPLACED } from './text/ownership';
import { strip } from '../core/python-whitespace';
import { redactConfig } from './text/redact-config';
import { readIndexUrl, redactUrl } from './text/url-credentials';
import { urlsIn } from './text/urls';

const PIP = '.config/pip/pip.conf';
let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

// Half a million characters: what grows with the square takes minutes on each of these, and the test runner's own
// limit tells.
const MANY = 500_000;
const mark = { indexUrl: INDEX, isOurs: () => false };

test.each<[string, () => unknown]>([
  ['letters before no scheme', () => urlsIn('a'.repeat(MANY))],
  ['schemes', () => urlsIn('https://'.repeat(MANY / 8))],
  ['letters that may be a scheme', () => redactUrl(`${'a'.repeat(MANY)}@`)],
  ['signs of users', () => redactUrl(`https://${'@'.repeat(MANY)}/`)],
  ['slashes', () => readIndexUrl(`https://h${'/'.repeat(MANY)}`)],
  ['white space inside', () => strip(`a${' '.repeat(MANY)}b`)],
  ['names of passwords', () => redactConfig('password'.repeat(MANY / 8))],
  ['white space behind a name', () => redactConfig(`token =${' '.repeat(MANY)}\n`)],
  [
    'blanks before a machine',
    () => takeMachine(`${' '.repeat(MANY)}machine a`, HOST, mark, NOTHING_REPLACED)
  ],
  ['machines', () => readNetrc('machine a login b password c\n'.repeat(MANY / 25))],
  ['sections', () => readPipConfig(Array.from({ length: 19_000 }, (_, i) => `[s${i}]`).join('\n'))]
])('%s: time grows with the length of the text', (_, read) => {
  read();
});

test('a pip.conf with 240,000 sections is refused with its line, and nothing is written', async () => {
  home.write(PIP, Array.from({ length: 240_000 }, (_, i) => `[s${i}]`).join('\n'));
  const outcome = await configure(home.deps, target());
  expect(outcome).toMatchObject({
    ok: false,
    failure: { cause: 'file_unparsable', evidence: { path: home.at(PIP), line: 20_001 } }
  });
  expect(() => home.read('.netrc')).toThrow();
});

test('a netrc with more entries than anybody has is refused with the line', async () => {
  home.write(
    '.netrc',
    Array.from({ length: 10_001 }, (_, i) => `machine h${i} login a password b\n`).join('')
  );
  expect(await configure(home.deps, target())).toMatchObject({
    ok: false,
    failure: { cause: 'file_unparsable', evidence: { path: home.at('.netrc'), line: 10_001 } }
  });
});

test.each([
  ['https://me:hunter2@corp/simple', 'https://me:****@corp/simple'],
  ['https://hunter2@corp/simple', 'https://****@corp/simple'],
  ['https://me:hun/ter2@corp/simple', 'https://me:****@corp/simple'],
  ['https:/me:hunter2@corp/simple', 'https:****@corp/simple'],
  ['me:hunter2@corp/simple', 'me:****@corp/simple'],
  ['https://corp:8080/@scope/simple', 'https://corp:8080/@scope/simple'],
  ['https://corp/simple', 'https://corp/simple'],
  ['somebody@example.com', 'somebody@example.com']
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});
