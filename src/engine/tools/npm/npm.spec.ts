import { existsSync } from 'node:fs';
import {
  configure,
  createHome,
  type Home,
  HOST,
  INDEX,
  restore,
  target,
  TOKEN
} from '../../../../tests/files/home-fixture';
import { inspect } from '../inspect';
import { preview } from '../preview';
import { storedToken } from '../stored-token';

const REGISTRY = `https://${HOST}/npm/isolatedsm/`;
const KEY = `//${HOST}/npm/isolatedsm/:_authToken`;
const OURS = `registry=${REGISTRY}\n${KEY}=${TOKEN}\n`;
let home: Home;
afterEach(() => home.remove());

const connect = async (text?: string, env: Record<string, string> = {}) => {
  home = createHome(env);
  if (text !== undefined) {
    home.write('.npmrc', text);
  }
  const outcome = await configure(home.deps, target({ tools: ['npm'] }));
  expect(outcome).toMatchObject({ ok: true });
  return home.read('.npmrc');
};

test.each<[string, string | undefined, string]>([
  ['no file', undefined, OURS],
  ['comments and a last line without an end', '; mine\nsave-exact=true', `; mine\nsave-exact=true\n${OURS}`],
  [
    'another registry, in place',
    'registry = https://corp/\r\nfund=false\r\n',
    `registry=${REGISTRY}\r\nfund=false\r\n${KEY}=${TOKEN}\r\n`
  ],
  ['the last of several counts', 'registry=a\nx=1\nregistry[]=b\n', `x=1\n${OURS}`],
  ['a section, in which npm does not look', 'x=1\n[s]\ny=2\n', `x=1\n${OURS}[s]\ny=2\n`],
  ['an old token', `"${KEY}"="old"\n`, `${KEY}=${TOKEN}\nregistry=${REGISTRY}\n`]
])('%s: our two lines, and every byte back', async (_, before, after) => {
  expect(await connect(before)).toBe(after);
  expect(home.mode('.npmrc')).toBe(0o600);
  expect((await storedToken(home.deps, { indexUrl: INDEX }))?.reveal()).toBe(TOKEN);
  await restore(home.deps);
  expect(existsSync(home.at('.npmrc')) ? home.read('.npmrc') : undefined).toBe(before);
});

test('a VPC endpoint’s own name has the domain in the path', async () => {
  home = createHome();
  const index =
    'https://vpce-1.d.codeartifact.us-east-1.vpce.amazonaws.com/pypi/d/acme-123456789012/r/simple/';
  expect(await configure(home.deps, target({ tools: ['npm'] }, TOKEN, index))).toMatchObject({ ok: true });
  const registry = '//vpce-1.d.codeartifact.us-east-1.vpce.amazonaws.com/npm/d/acme-123456789012/r/';
  expect(home.read('.npmrc')).toBe(`registry=https:${registry}\n${registry}:_authToken=${TOKEN}\n`);
});

test('the file that a variable names, in any case of its letters', async () => {
  home = createHome({ Npm_Config_UserConfig: '~/other/npmrc' });
  expect(await configure(home.deps, target({ tools: ['npm'] }))).toMatchObject({ ok: true });
  expect(home.read('other/npmrc')).toBe(OURS);
});

test('the preview shows neither our token nor another', async () => {
  home = createHome();
  home.write(
    '.npmrc',
    `; //old/:_authToken=s3cret\n//x:80/:_auth=s3cret\n_password = s3cret\nproxy=http://me:s3cret@p/\nkey="s3cret"\n`
  );
  const shown = await preview(home.deps, target({ tools: ['npm'] }));
  expect(shown.ok && shown.value.diff).toContain(`+registry=${REGISTRY}`);
  expect(JSON.stringify(shown)).not.toMatch(/s3cret|eyJ/);
});

test('with the journal lost, our lines are known by their looks', async () => {
  await connect('x=1\n');
  home.write(`${home.memory}/before.json`, 'damaged');
  expect(await restore(home.deps)).toMatchObject({ ok: true });
  expect(home.read('.npmrc')).toBe('x=1\n');
});

test('a registry chosen by hand since stays; the token goes', async () => {
  await connect('registry=https://corp/\n');
  home.write('.npmrc', home.read('.npmrc').replace(REGISTRY, 'https://mine/'));
  await restore(home.deps);
  expect(home.read('.npmrc')).toBe('registry=https://mine/\n');
});

const shadowsOf = async (env: Record<string, string>, files: Record<string, string>) => {
  await connect(undefined, env);
  for (const [path, text] of Object.entries(files)) {
    home.write(path, text);
  }
  const deps = { ...home.deps, runtime: { ...home.deps.runtime, cwd: home.at('project/deep') } };
  const { shadows } = await inspect(deps, { settings: target({ tools: ['npm'] }).settings, indexUrl: INDEX });
  return shadows.map(({ by }) => by.replaceAll(home.home, '~'));
};

test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
  ['nothing', {}, {}, []],
  ['a scope of somebody else’s', {}, { 'project/.npmrc': '@corp:registry=https://corp/\n' }, []],
  ['an empty variable', { npm_config_registry: '' }, {}, []],
  [
    'a variable',
    { NPM_CONFIG_REGISTRY: 'https://me:s3cret@corp/' },
    {},
    ['the variable NPM_CONFIG_REGISTRY (https://me:****@corp/)']
  ],
  ['a token in a variable', { [`npm_config_${KEY}`]: 's3cret' }, {}, [`the variable npm_config_${KEY}`]],
  [
    'the project’s registry',
    {},
    { 'project/package.json': '{}', 'project/.npmrc': '\nregistry=https://corp/\n' },
    ['registry in ~/project/.npmrc, line 2 (https://corp/)']
  ],
  [
    'the project’s token',
    {},
    { 'project/node_modules/x': '', 'project/.npmrc': `${KEY}=\${NPM_TOKEN}\n` },
    ['another token for the registry in ~/project/.npmrc, line 1']
  ],
  [
    'offline by a word that looks like off',
    {},
    { 'project/deep/.npmrc': 'offline=0\n' },
    ['offline in ~/project/deep/.npmrc, line 1, which keeps npm from every registry']
  ],
  [
    'an old token without a registry',
    {},
    { 'project/deep/.npmrc': '_authToken=s3cret\n' },
    ['_authToken in ~/project/deep/.npmrc, line 1, at which npm stops, because it names no registry']
  ],
  [
    'the workspace’s root',
    {},
    {
      'project/package.json': '{"workspaces": ["*"]}',
      'project/deep/package.json': '{}',
      'project/deep/.npmrc': 'offline=true\n',
      'project/.npmrc': 'registry=https://corp/\n'
    },
    ['registry in ~/project/.npmrc, line 1 (https://corp/)']
  ],
  [
    'our lines taken out',
    {},
    { '.npmrc': `registry=${REGISTRY}\n` },
    ['~/.npmrc, in which the token of the connection is missing']
  ]
])('%s', async (_, env, files, told) => expect(await shadowsOf(env, files)).toEqual(told));
