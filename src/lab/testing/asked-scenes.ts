import type { KernelChoice } from '../kernel/kernel-choices';
import type { InstallState } from '../model/install-test';
import type { Preview } from '../model/preview';
import { aConnection, aDocument, FILES } from './a-document';
import type { Scene } from './scenes';
import { publicTimeout } from './some-failures';
import { someFacts } from './some-facts';

/** What is asked for from the panel: previews, test installations, what kernels say; and the longest names. */

const INDEX = aConnection().indexUrl ?? '';

const NEW = `--- /dev/null
+++ /home/ds/.netrc
@@ -0,0 +1,1 @@
+machine analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com login aws password ****
--- /dev/null
+++ /home/ds/.config/pip/pip.conf
@@ -0,0 +1,2 @@
+[global]
+index-url = ${INDEX}
`;

const CHANGED = `--- /home/ds/.config/pip/pip.conf
+++ /home/ds/.config/pip/pip.conf
@@ -1,4 +1,4 @@
 [global]
 timeout = 60
-index-url = https://mirror.example.com/pypi/simple
+index-url = ${INDEX}
 retries = 2
@@ -12,3 +12,2 @@
 # kept as it was
-no-index = true
 [install]
`;

const preview = (text: string): Preview => ({
  busy: false,
  problem: '',
  document: aDocument({ connection: null, preview: text, summary: '' })
});

const ready = someFacts({ document: aDocument({ connection: null, rungs: [], files: [] }) });

const CHOICES: readonly KernelChoice[] = [
  { key: 'kernel 1', label: 'train.ipynb (Python 3)', running: true },
  { key: 'spec python3', label: 'Python 3', running: false }
];

type Run = NonNullable<InstallState['run']>;

const LINES = [
  `Looking in indexes: ${INDEX}`,
  'Collecting six',
  `  Downloading ${INDEX}six/1.17.0/six-1.17.0-py2.py3-none-any.whl (11 kB)`
];

const test = (change: Partial<Run> = {}): InstallState => ({
  choices: CHOICES,
  run: {
    requirement: 'six',
    kernel: CHOICES[0],
    since: 0,
    lines: LINES,
    phase: 'over',
    end: null,
    ...change
  }
});

const END = {
  ok: true,
  name: 'six',
  version: '1.17.0',
  source: INDEX,
  error: '',
  pip: '26.3',
  python: '3.11',
  seconds: 1.2
};

const tested = (id: string, title: string, state: InstallState): Scene => ({
  id,
  title,
  facts: someFacts(),
  folds: { repository: false },
  test: state
});

export const ASKED_SCENES: readonly Scene[] = [
  {
    id: '17b',
    title: 'Connected, but not in this kernel',
    facts: someFacts({
      shadows: [{ kernelId: '1', file: 'train.ipynb', variables: ['PIP_INDEX_URL'] }]
    })
  },
  {
    id: '17c',
    title: 'Kernels that do not use it',
    facts: someFacts({
      document: aDocument({
        kernels: [
          {
            name: 'r-lab',
            displayName: 'Python 3 (forecasting)',
            prefix: '/opt/conda/envs/forecasting',
            effective: false,
            source: '/opt/conda/envs/forecasting/pip.conf',
            shadowedBy: ['`/opt/conda/envs/forecasting/pip.conf`, line 3'],
            fix: {
              who: 'you',
              text: '',
              snippets: [{ title: 'Take the line out', language: 'bash', text: 'sed -i 3d pip.conf' }]
            }
          },
          ...['python3', 'tf', 'torch'].map(name => ({
            name,
            displayName: name,
            prefix: `/opt/conda/envs/${name}`,
            effective: true,
            shadowedBy: []
          }))
        ]
      })
    }),
    folds: { repository: false }
  },
  { id: 'preview', title: 'Preview: new files', facts: ready, preview: preview(NEW) },
  {
    id: 'preview-changed',
    title: 'Preview: a file that is there',
    facts: someFacts(),
    folds: { repository: false, files: false },
    preview: preview(CHANGED)
  },
  { id: 'preview-nothing', title: 'Preview: nothing would change', facts: someFacts(), preview: preview('') },
  {
    id: 'preview-busy',
    title: 'Preview: working',
    facts: ready,
    preview: { busy: true, document: null, problem: '' }
  },
  {
    id: 'preview-failed',
    title: 'Preview: the endpoint does not answer',
    facts: ready,
    preview: { busy: false, document: { ...publicTimeout, connection: null }, problem: '' }
  },
  tested('test', 'Test installation', { choices: CHOICES, run: null }),
  tested('test-running', 'Test installation: pip works', test({ phase: 'running' })),
  tested('test-ok', 'Test installation: it came', test({ end: END })),
  tested(
    'test-elsewhere',
    'Test installation: from another index',
    test({ end: { ...END, source: 'https://pypi.org/simple' } })
  ),
  tested(
    'test-failed',
    'Test installation: pip found nothing',
    test({
      requirement: 'polars',
      lines: [`Looking in indexes: ${INDEX}`, 'ERROR: No matching distribution found for polars'],
      end: { ...END, ok: false, error: 'No matching distribution found for polars' }
    })
  ),
  tested('test-cancelled', 'Test installation: cancelled', test({ lines: [], end: 'cancelled' })),
  tested('test-none', 'Test installation: no Python kernel', { choices: [], run: null }),
  {
    id: 'files-all',
    title: 'Tools: pip, uv and twine',
    facts: someFacts({
      document: aDocument({
        files: [
          ...FILES,
          { ...FILES[0], tool: 'uv', path: '/home/ds/.config/uv/uv.toml' },
          { ...FILES[0], tool: 'twine', path: '/home/ds/.pypirc' }
        ]
      })
    }),
    folds: { repository: false }
  },
  {
    id: 'long',
    title: 'Longest names',
    facts: someFacts({
      document: aDocument({
        connection: aConnection({
          domain: 'analytics-platform-europe-central-production-2026',
          repository: 'isolated-sagemaker-python-packages-for-forecasting',
          indexUrl:
            'https://analytics-platform-europe-central-production-2026-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolated-sagemaker-python-packages-for-forecasting/simple/'
        })
      })
    })
  }
];
