import type { WheelSource } from './wheel';

const six = (version: string): WheelSource => ({
  name: 'six',
  version,
  summary: 'A stand-in for six, made by the emulator',
  requiresPython: '>=3.6',
  files: {
    'six.py': `"""A stand-in for six, made by the emulator: importable, and it knows its version."""\n\n__version__ = "${version}"\nPY3 = True\nstring_types = (str,)\n`
  }
});

const colors = (version: string): WheelSource => ({
  name: 'demo-colors',
  version,
  summary: 'Names of colors',
  requiresPython: '>=3.8',
  files: {
    'demo_colors/__init__.py': `__version__ = "${version}"\nNAMES = ["red", "green", "blue"]\n`
  }
});

/** What the emulator's `public:pypi` holds. Wheels only: nothing here needs a build back end. */
export const publicCatalogue: WheelSource[] = [
  six('1.16.0'),
  six('1.17.0'),
  ...['1.0.0', '1.1.0', '1.9.2', '1.10.0', '2.0.0', '2.1.0rc1'].map(colors),
  {
    name: 'demo-palette',
    version: '0.3.0',
    summary: 'Palettes of colors; depends on demo-colors',
    requires: ['demo-colors>=1.1,<2'],
    requiresPython: '>=3.8',
    files: {
      'demo_palette.py': 'from demo_colors import NAMES\n\n__version__ = "0.3.0"\nPALETTE = tuple(NAMES)\n'
    }
  },
  {
    name: 'demo-report',
    version: '1.2.0',
    summary: 'A report in color; depends on demo-palette and six',
    requires: ['demo-palette>=0.3', 'six>=1.16'],
    files: { 'demo_report.py': 'import demo_palette\nimport six\n\n__version__ = "1.2.0"\n' }
  },
  {
    name: 'demo-future',
    version: '9.0.0',
    summary: 'Needs a Python that is not there yet',
    requiresPython: '>=4.0',
    files: { 'demo_future.py': '__version__ = "9.0.0"\n' }
  }
];
