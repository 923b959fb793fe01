import { nullTranslator } from '@jupyterlab/translation';
import type { File } from '../../protocol/file';
import { TOOLS, toolTitle } from '../../protocol/tools';
import { fileTitle, inOrder, missingTools } from './files';

const trans = nullTranslator.load('');
const file = (tool: File['tool']): File => ({
  tool,
  path: `/home/me/${tool}`,
  scope: 'user',
  mode: '0600',
  effective: true,
  shadowedBy: []
});

it('offers every package tool that is neither chosen nor set up', () => {
  expect(missingTools(['pip'], [file('uv')]).map(toolTitle)).toEqual(['twine', 'npm', 'Poetry']);
  expect(missingTools(TOOLS, [])).toEqual([]);
});

it('lists every tool’s file in the order of the table, and their token’s last', () => {
  const files = ['netrc', ...TOOLS.toReversed()] as const;
  expect(inOrder(files.map(file)).map(({ tool }) => tool)).toEqual([...TOOLS, 'netrc']);
});

it('calls tools as they call themselves', () => {
  expect([fileTitle(trans, file('poetry')), fileTitle(trans, file('npm')), toolTitle('newer')]).toEqual([
    'Poetry',
    'npm',
    'newer'
  ]);
});
