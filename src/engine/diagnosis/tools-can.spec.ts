import type { Tool } from '../../protocol/tools';
import { toolsCan } from './tools-can';

test.each<[readonly Tool[], string]>([
  [['pip'], 'pip can install from R'],
  [['pip', 'uv', 'twine'], 'pip and uv can install from R'],
  [['twine'], 'twine can upload to R'],
  [['npm'], 'npm can install from R where Amazon S3 can be reached'],
  [['twine', 'poetry'], 'Poetry can install from R in a project that names it as a source'],
  [
    ['pip', 'npm', 'poetry'],
    'pip can install from R, and so can npm where Amazon S3 can be reached, and so can Poetry in a project that names it as a source'
  ]
])('%j', (tools, said) => expect(toolsCan({ tools, repository: 'R' })).toBe(said));
