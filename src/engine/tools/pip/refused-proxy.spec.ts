import { configure, createHome, type Home, INDEX, target } from '../../../../tests/files/home-fixture';
import { inspect } from '../inspect';

// The real pip judges the same in tests/differential/pip.spec.ts.

let home: Home;
afterEach(() => home.remove());

async function shadowsOf(env: Record<string, string>): Promise<readonly string[]> {
  home = createHome(env);
  const wanted = target({ tools: ['pip'] });
  expect(await configure(home.deps, wanted)).toMatchObject({ ok: true });
  const { shadows } = await inspect(home.deps, { settings: wanted.settings, indexUrl: INDEX });
  return shadows.map(({ by }) => by);
}

test.each<[string, Record<string, string>]>([
  ['an address', { HTTPS_PROXY: 'http://proxy:3128' }],
  ['a host with a dot and a port', { HTTPS_PROXY: 'proxy.corp:3128' }],
  ['SOCKS where NO_PROXY leaves our index out', { ALL_PROXY: 'socks5://proxy:1', NO_PROXY: '*' }]
])('%s: pip takes it', async (_, env) => {
  expect(await shadowsOf(env)).toEqual([]);
});

test.each<[Record<string, string>, RegExp]>([
  [
    { HTTPS_PROXY: 'proxy:3128' },
    /^the variable HTTPS_PROXY \(proxy:3128\), which pip cannot read without http:/
  ],
  [{ PIP_PROXY: 'http://' }, /PIP_PROXY.*, which pip cannot read without http:/],
  [
    { ALL_PROXY: 'socks5h://me:s3cret@proxy:1080' },
    /^the variable ALL_PROXY \(socks5h:.*, for which pip needs the package PySocks/
  ]
])('%p: told with what names it', async (env, said) => {
  const shadows = await shadowsOf(env);
  expect(shadows).toEqual([expect.stringMatching(said)]);
  expect(shadows.join()).not.toContain('s3cret');
});
