import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dnsSuffix, partitionOf } from './partition';

/** The data of the AWS CLI in the development environment. */
function botocore(): { partitions: { id: string; outputs: Record<string, string>; regions: object }[] } {
  const lib = resolve(__dirname, '../../../.venv/lib');
  const [python = ''] = readdirSync(lib).filter(name => name.startsWith('python3'));
  const file = resolve(lib, python, 'site-packages/awscli/botocore/data/partitions.json');
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof botocore>;
}

it('every Region of every partition is known as botocore knows it', () => {
  const rows = botocore().partitions.flatMap(({ id, outputs, regions }) =>
    Object.keys(regions)
      .filter(region => !region.endsWith('-global'))
      .map(region => [region, id, outputs.dnsSuffix, outputs.dualStackDnsSuffix])
  );
  expect(new Set(rows.map(([, id]) => id)).size).toBeGreaterThanOrEqual(8);
  expect(rows.map(([region = '']) => [region, partitionOf(region), dnsSuffix(region), dnsSuffix(region, true)])).toEqual(rows);
}); // prettier-ignore
