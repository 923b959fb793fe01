import {
  configure,
  createHome,
  type Home,
  HOST,
  INDEX,
  target,
  TOKEN
} from '../../../../tests/files/home-fixture';
import type { Kernel, KernelPip } from '../../../protocol/kernel';
import { DEFAULT_SETTINGS, type Settings } from '../../../protocol/settings';
import { inspect } from '../inspect';

const OTHER = 'https://me:hunter2@corp/simple';
const BY_OTHER = '(https://me:****@corp/simple)';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const place = (text: string) => text.replaceAll('ROOT', home.root).replaceAll('USERHOME', home.home);

const kernel = (more: Partial<Kernel> = {}): Kernel => ({
  name: 'torch',
  displayName: 'Python 3.11 (torch)',
  executable: place('ROOT/envs/torch/bin/python'),
  file: place('ROOT/kernels/torch/kernel.json'),
  env: {},
  ...more
});

/** Connects, then looks at these kernels; the first one's answer and the whole report. */
async function look(kernels: readonly Kernel[], settings: Partial<Settings> = {}, env = {}) {
  const runtime = { ...home.deps.runtime, env: { ...home.deps.runtime.env, ...env } };
  const deps = { ...home.deps, runtime, kernels };
  const written = await configure(deps, target(settings));
  expect(written.ok).toBe(true);
  const report = await inspect(deps, target(settings));
  expect(JSON.stringify(report)).not.toContain('hunter2');
  expect(JSON.stringify(report)).not.toContain(TOKEN);
  return { first: report.kernels![0], report };
}

const texts = ({ fix }: KernelPip) => fix?.snippets.map(snippet => snippet.text);

/** Each row: what stands in one kernel's way, and what is said of it; the server's own pip works all the while. */
const rows: {
  name: string;
  files?: Record<string, string>;
  env?: Record<string, string>;
  settings?: Partial<Settings>;
  by: string;
  source?: string;
  fix: string[];
}[] = [
  {
    name: 'the environment’s own pip.conf',
    files: { 'ROOT/envs/torch/pip.conf': `[global]\nindex-url = ${OTHER}\n` },
    by: `index-url in ROOT/envs/torch/pip.conf, line 2 ${BY_OTHER}`,
    source: 'ROOT/envs/torch/pip.conf',
    fix: ['ROOT/envs/torch/bin/python -m pip config --site unset global.index-url']
  },
  {
    name: 'a section of it, and no-index',
    files: { 'ROOT/envs/torch/pip.conf': `[install]\nindex-url = ${OTHER}\nno-index = yes\n` },
    by: `index-url in [install] in ROOT/envs/torch/pip.conf, line 2 ${BY_OTHER}`,
    source: 'ROOT/envs/torch/pip.conf',
    fix: [
      'ROOT/envs/torch/bin/python -m pip config --site unset install.index-url\n' +
        'ROOT/envs/torch/bin/python -m pip config --site unset install.no-index'
    ]
  },
  {
    name: 'a file with comments, which pip would lose',
    files: { 'ROOT/envs/torch/pip.conf': `[global]\n# the team's\nindex-url = ${OTHER}\n` },
    by: `index-url in ROOT/envs/torch/pip.conf, line 3 ${BY_OTHER}`,
    source: 'ROOT/envs/torch/pip.conf',
    fix: ['ROOT/envs/torch/pip.conf, line 3']
  },
  {
    name: 'a spelling that pip cannot unset',
    files: { 'ROOT/envs/torch/pip.conf': `[global]\nIndex_URL = ${OTHER}\n` },
    by: `index-url in ROOT/envs/torch/pip.conf, line 2 ${BY_OTHER}`,
    source: 'ROOT/envs/torch/pip.conf',
    fix: ['ROOT/envs/torch/pip.conf, line 2']
  },
  {
    name: 'a variable of the kernel spec',
    env: { PIP_INDEX_URL: OTHER },
    by: `the variable PIP_INDEX_URL ${BY_OTHER} in ROOT/kernels/torch/kernel.json`,
    source: 'PIP_INDEX_URL',
    fix: [
      'ROOT/kernels/torch/kernel.json: PIP_INDEX_URL',
      'import os\nfor name in ["PIP_INDEX_URL"]:\n    os.environ.pop(name, None)'
    ]
  },
  {
    name: 'another home',
    env: { HOME: 'ROOT/elsewhere' },
    by: 'the variable HOME (ROOT/elsewhere) in ROOT/kernels/torch/kernel.json, which leads pip past USERHOME/.config/pip/pip.conf',
    fix: [
      'ROOT/kernels/torch/kernel.json: HOME',
      'import os\nfor name in ["HOME"]:\n    os.environ.pop(name, None)'
    ]
  },
  {
    name: 'another netrc',
    env: { NETRC: 'ROOT/netrc' },
    by: `ROOT/netrc (named by the variable NETRC), which has no password for ${HOST}`,
    source: 'USERHOME/.config/pip/pip.conf',
    fix: [
      'ROOT/kernels/torch/kernel.json: NETRC',
      'import os\nfor name in ["NETRC"]:\n    os.environ.pop(name, None)'
    ]
  },
  {
    name: 'the scope site, which is one environment’s',
    settings: { scope: 'site' },
    by: 'the scope "site": only the pip of ROOT/venv reads ROOT/venv/pip.conf',
    fix: ['jupyter codeartifact connect --scope user']
  },
  {
    name: 'uv, by a variable of the kernel spec',
    env: { UV_DEFAULT_INDEX: `team=${OTHER}` },
    settings: { tools: ['pip', 'uv'] },
    by: `the variable UV_DEFAULT_INDEX ${BY_OTHER} in ROOT/kernels/torch/kernel.json`,
    source: 'USERHOME/.config/pip/pip.conf',
    fix: [
      'ROOT/kernels/torch/kernel.json: UV_DEFAULT_INDEX',
      'import os\nfor name in ["UV_DEFAULT_INDEX"]:\n    os.environ.pop(name, None)'
    ]
  },
  {
    name: 'uv, by another configuration folder, beside a pip that finds its file',
    env: { XDG_CONFIG_HOME: 'ROOT/xdg' },
    files: { 'ROOT/xdg/pip/pip.conf': `[global]\nindex-url = ${INDEX}\n` },
    settings: { tools: ['pip', 'uv'] },
    by: 'the variable XDG_CONFIG_HOME (ROOT/xdg) in ROOT/kernels/torch/kernel.json, which leads uv past USERHOME/.config/uv/uv.toml',
    source: 'ROOT/xdg/pip/pip.conf',
    fix: [
      'ROOT/kernels/torch/kernel.json: XDG_CONFIG_HOME',
      'import os\nfor name in ["XDG_CONFIG_HOME"]:\n    os.environ.pop(name, None)'
    ]
  }
];

test.each(rows)('a kernel is kept from the connection by $name', async row => {
  for (const [path, text] of Object.entries(row.files ?? {})) {
    home.write(place(path), text);
  }
  const env = Object.fromEntries(Object.entries(row.env ?? {}).map(([k, v]) => [k, place(v)]));
  const { first, report } = await look([kernel({ env })], row.settings);
  expect(first).toMatchObject({ prefix: place('ROOT/envs/torch'), effective: false });
  expect(first.shadowedBy[0]).toBe(place(row.by));
  expect(first.source).toBe(row.source && place(row.source));
  expect(texts(first)).toEqual(row.fix.map(place));
  expect(report).toMatchObject({ ok: true, shadows: [] });
  expect(report.evidence.kernels).toMatchObject([{ name: 'torch', effective: false }]);
});

/** Each row: nothing is said, for the kernel uses the connection. */
const fine: { name: string; env?: Record<string, string>; files?: Record<string, string>; more?: object }[] =
  [
    { name: 'nothing of its own' },
    { name: 'the server’s environment', more: { executable: 'ROOT/venv/bin/python' } },
    {
      name: 'variables that say nothing of an index',
      env: { CONDA_PREFIX: 'ROOT/envs/torch', PIP_RETRIES: '2' }
    },
    { name: 'the same home', env: { HOME: 'USERHOME' } },
    {
      name: 'a pip.conf about something else',
      files: { 'ROOT/envs/torch/pip.conf': '[global]\ntimeout = 3\n' }
    },
    {
      name: 'another kernel’s environment in the way',
      files: { 'ROOT/envs/torch2/pip.conf': `[global]\nindex-url = ${OTHER}\n` }
    }
  ];

test.each(fine)('a kernel with $name uses the connection', async row => {
  for (const [path, text] of Object.entries(row.files ?? {})) {
    home.write(place(path), text);
  }
  const more = Object.fromEntries(Object.entries(row.more ?? {}).map(([k, v]) => [k, place(v as string)]));
  const env = Object.fromEntries(Object.entries(row.env ?? {}).map(([k, v]) => [k, place(v)]));
  const { first } = await look([kernel({ ...more, env })]);
  expect(first).toMatchObject({
    effective: true,
    shadowedBy: [],
    source: place('USERHOME/.config/pip/pip.conf')
  });
  expect(first).not.toHaveProperty('fix');
});

test('what is in the server’s way is in its kernels’ too, unless they say otherwise', async () => {
  const { report } = await look(
    [kernel(), kernel({ name: 'own', env: { PIP_INDEX_URL: INDEX } })],
    {},
    { PIP_INDEX_URL: OTHER }
  );
  const by = `the variable PIP_INDEX_URL ${BY_OTHER}`;
  expect(report.shadows.map(shadow => shadow.by)).toEqual([by]);
  expect(report.kernels).toMatchObject([
    { effective: false, shadowedBy: [by] },
    { effective: true, shadowedBy: [] }
  ]);
});

test('the server’s own pip.conf is no matter of another kernel, nor a kernel’s of the server', async () => {
  home.write(place('ROOT/venv/pip.conf'), `[global]\nindex-url = ${OTHER}\n`);
  const own = kernel({ name: 'python3', executable: place('ROOT/venv/bin/python') });
  const { report } = await look([kernel(), own]);
  expect(report.ok).toBe(false);
  expect(report.kernels!.map(one => one.effective)).toEqual([true, false]);
});

test('without a connection nothing is said to be in its way', async () => {
  const report = await inspect({ ...home.deps, kernels: [kernel({ env: { PIP_RETRIES: '2' } })] }, target());
  expect(report.kernels).toEqual([
    {
      name: 'torch',
      displayName: 'Python 3.11 (torch)',
      prefix: place('ROOT/envs/torch'),
      effective: false,
      shadowedBy: []
    }
  ]);
});

test('kernels share what they read, and one that is the server’s costs nothing', async () => {
  const counted: string[] = [];
  const read = (path: string) => {
    counted.push(path);
    return home.deps.disk.read(path);
  };
  await configure(home.deps, target());
  const deps = { ...home.deps, disk: { ...home.deps.disk, read } };
  const alone = async (kernels: Kernel[]) => {
    counted.length = 0;
    await inspect(
      { ...deps, kernels },
      { settings: { ...DEFAULT_SETTINGS, ...target().settings }, indexUrl: INDEX }
    );
    return counted.filter(path => !path.includes('before.json'));
  };
  const without = await alone([]);
  expect(new Set(without).size).toBe(without.length);
  const own = kernel({ executable: place('ROOT/venv/bin/python') });
  expect(await alone([own, own])).toEqual(without);
  const five = ['a', 'b', 'c', 'd', 'e'].map(name =>
    kernel({ name, executable: place(`ROOT/envs/${name}/bin/python`) })
  );
  // Its own pip.conf, and what tells the rules of its pip and Python.
  expect(await alone(five)).toHaveLength(without.length + 2 * five.length);
});
