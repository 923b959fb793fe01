import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fixFor } from '../../src/engine/diagnosis/fixes/fix-for';
import { yaml } from '../../src/engine/diagnosis/fixes/snippet';
import { SAMPLES } from '../../testing/fixtures/diagnosis/fix-samples';
import { VENV } from './run-snippet';

function readYaml(texts: readonly string[]): unknown[] {
  const ran = spawnSync(join(VENV, 'python'), [resolve(__dirname, 'check-yaml.py')], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  });
  if (ran.status !== 0) {
    throw new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout) as unknown[];
}

const texts = [
  ...new Set(
    SAMPLES.flatMap(s => fixFor(s.failure, s.facts)?.snippets ?? [])
      .filter(s => s.language === 'yaml')
      .map(s => s.text)
  )
];

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

describe('CloudFormation that a fix prints', () => {
  const read = readYaml(texts) as { Resources?: Record<string, Resource>; Type?: string }[];

  it('is YAML, of CloudFormation resources', () => {
    expect(read.length).toBeGreaterThan(5);
    for (const document of read) {
      const resources = document.Resources === undefined ? [document] : Object.values(document.Resources);
      for (const resource of resources) {
        expect(resource.Type).toMatch(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/);
      }
    }
  });

  it('keeps account numbers strings: as numbers they lose their leading zeros', () => {
    const owners = JSON.stringify(read).match(/"DomainOwner":[^,}]*/g) ?? [];
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.every(o => /"\d{12}"/.test(o))).toBe(true);
  });

  it('passes cfn-lint', () => {
    const room = mkdtempSync(join(tmpdir(), 'templates-'));
    try {
      const files = texts
        .filter(t => t.startsWith('AWSTemplateFormatVersion'))
        .map((text, i) => {
          const file = join(room, `${i}.yaml`);
          writeFileSync(file, text);
          return file;
        });
      const ran = spawnSync(resolve('.venv/bin/cfn-lint'), ['--regions', 'eu-central-1', '--', ...files], {
        encoding: 'utf8'
      });
      expect(ran.stdout + ran.stderr).toBe('');
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  }, 60_000);
});

it('the YAML writer gives back what it was given', () => {
  const value = {
    yes: 'no',
    on: [
      'off',
      '12',
      '012345678901',
      '1e3',
      '0x10',
      'null',
      '~',
      '',
      ' a',
      'a: b',
      'a #b',
      '*',
      '&x',
      '!x',
      '%x',
      '@x',
      '`x',
      "it's",
      'a"b',
      '2012-10-17'
    ],
    nested: [{ a: [{ b: 'c' }, ['d', 'e']], n: 443, t: true }],
    'a:b': 'arn:aws:iam::012345678901:role/*/x',
    end: 'colon:'
  };
  expect(readYaml([yaml('x', value).text])).toEqual([value]);
});
