import { configure, createHome, HOST, INDEX, target } from '../../../tests/files/home-fixture';
import { inspect } from './inspect';

const PIP = '.config/pip/pip.conf';
const OTHER = 'https://me:hunter2@corp/simple';

/** Each row: what stands in the way, and what the report must name. */
const rows: {
  name: string;
  env?: Record<string, string>;
  files?: Record<string, string>;
  shadow: { variable?: string; path?: string; line?: number };
}[] = [
  { name: 'PIP_INDEX_URL', env: { PIP_INDEX_URL: OTHER }, shadow: { variable: 'PIP_INDEX_URL' } },
  { name: 'PIP_NO_INDEX', env: { PIP_NO_INDEX: '1' }, shadow: { variable: 'PIP_NO_INDEX' } },
  {
    name: 'PIP_CONFIG_FILE',
    env: { PIP_CONFIG_FILE: 'ROOT/other.conf' },
    files: { 'ROOT/other.conf': '[global]\ntimeout = 3\n' },
    shadow: { variable: 'PIP_CONFIG_FILE' }
  },
  {
    name: 'PIP_CONFIG_FILE off',
    env: { PIP_CONFIG_FILE: '/dev/null' },
    shadow: { variable: 'PIP_CONFIG_FILE' }
  },
  {
    name: 'the site file of the environment',
    files: { 'ROOT/venv/pip.conf': `[global]\n# c\nIndex_Url: ${OTHER}\n` },
    shadow: { path: 'ROOT/venv/pip.conf', line: 3 }
  },
  {
    name: 'the site file of a conda environment',
    env: { CONDA_PREFIX: 'ROOT/conda' },
    files: { 'ROOT/conda/pip.conf': `[global]\nindex-url=${OTHER}\n` },
    shadow: { path: 'ROOT/conda/pip.conf', line: 2 }
  },
  {
    name: 'an empty value in a stronger file, which sends pip to pypi.org',
    files: { 'ROOT/venv/pip.conf': '[global]\nindex-url =\n' },
    shadow: { path: 'ROOT/venv/pip.conf', line: 2 }
  },
  {
    name: 'a command section',
    files: { [PIP]: `[install]\nindex-url = ${OTHER}\n` },
    shadow: { path: PIP, line: 2 }
  },
  {
    name: 'a machine-wide file that pip cannot read',
    files: { 'ROOT/system/etc/pip.conf': 'index-url = x\n' },
    shadow: { path: 'ROOT/system/etc/pip.conf', line: 1 }
  },
  { name: 'no-index', files: { [PIP]: '[global]\nno-index = yes\n' }, shadow: { path: PIP, line: 2 } }
];

test.each(rows)('$name is found, with its place, and its password is not shown', async row => {
  const probe = createHome();
  const place = (text: string) => text.replace('ROOT', probe.root);
  const env = Object.fromEntries(Object.entries(row.env ?? {}).map(([k, v]) => [k, place(v)]));
  const deps = {
    ...probe.deps,
    runtime: { ...probe.deps.runtime, env: { ...probe.deps.runtime.env, ...env } }
  };
  for (const [path, text] of Object.entries(row.files ?? {})) {
    probe.write(place(path), text);
  }
  const written = await configure(deps, target());
  expect(written.ok).toBe(true);
  const report = await inspect(deps, target());
  const path = row.shadow.path ? { path: probe.at(place(row.shadow.path)) } : {};
  expect(report.shadows).toEqual([expect.objectContaining({ ...row.shadow, ...path })]);
  expect(report.ok).toBe(false);
  expect(report.files.find(f => f.tool === 'pip')).toMatchObject({ effective: false });
  expect(JSON.stringify([report, written])).not.toContain('hunter2');
  probe.remove();
});

test('without shadows pip uses our file and the netrc', async () => {
  const home = createHome();
  home.write('.pip/pip.conf', `[global]\nindex-url = ${OTHER}\n`);
  expect(await inspect(home.deps, target())).toMatchObject({ ok: false, evidence: { credentials: 'none' } });
  await configure(home.deps, target());
  expect(await inspect(home.deps, target())).toMatchObject({
    ok: true,
    summary: `pip uses ${INDEX}, as ${home.at(PIP)} says.`,
    evidence: { credentials: 'netrc', indexUrl: INDEX },
    shadows: []
  });
  home.write('.netrc', 'machine elsewhere login a password b\n');
  expect((await inspect(home.deps, target())).shadows[0].by).toContain(`no password for ${HOST}`);
  home.remove();
});
