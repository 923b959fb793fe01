// Every policy document that is printed, in every form, judged by AWS's service authorization data: the actions exist, the
// resources and condition keys are theirs, nothing is for all actions.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { policyFor, POLICY_KINDS } from '../../src/engine/diagnosis/policies/policies';
import { FACTS } from '../../testing/fixtures/diagnosis/fix-facts';
import { keepCounts } from '../../testing/netns/admin-tables';
import { ADMITTED, OPTIONS, printed } from './printed';
import { VENV } from './run-snippet';

type Document = { Version: string; Statement: unknown[] };

const REGIONS = ['eu-central-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1'];

/** Documents in a text: one statement, a list of them, or a whole document, alone or within a command. */
function documentsIn(text: string): Document[] {
  const starts = [...text.matchAll(/^(?=[{[])|(?<=')(?=\{$)/gm)].map(found => found.index);
  return starts.flatMap(start => {
    const rest = text.slice(start);
    const ends = [...rest.matchAll(/^[}\]]/gm)].map(found => found.index + 1);
    const read = ends.map(end => parsed(rest.slice(0, end))).find(found => found !== undefined);
    return read === undefined ? [] : [read];
  });
}

function parsed(text: string): Document | undefined {
  let value: unknown;
  try {
    // What a shell variable is put into: the number is filled in by whoever pastes it.
    value = JSON.parse(text.replaceAll(`'"$ACCOUNT_ID"'`, '111122223333'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ('Statement' in value) {
    return value as Document;
  }
  const statements = Array.isArray(value) ? (value as unknown[]) : [value];
  return statements.every(each => typeof each === 'object' && each !== null && 'Effect' in each)
    ? { Version: '2012-10-17', Statement: statements }
    : undefined;
}

function judge(documents: readonly (readonly [string, Document])[]): unknown {
  const ran = spawnSync(join(VENV, 'python'), [resolve(__dirname, 'judge-documents.py')], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  });
  return ran.status === 0 ? JSON.parse(ran.stdout) : ran.stderr;
}

/** Statements for actions that no sample of ours prints as such: a denial may name any action, and we repeat it. */
const repeated = (name: string): boolean => /codeartifact:Nope|x:y/.test(name);

it('each printed document is one that AWS knows how to read', () => {
  const found = printed
    .filter(([name]) => !repeated(name))
    .flatMap(([name, { text }]) => documentsIn(text).map(document => [name, document] as const));
  expect(judge(found)).toEqual([]);
  expect(
    keepCounts('documents', 'tests/fixes', { 'policy documents in printed texts': found.length })
  ).toEqual([]);
}, 60_000);

it('so is each document of "policy", for everybody and in every partition', () => {
  const made = REGIONS.flatMap(region =>
    POLICY_KINDS.flatMap(kind =>
      OPTIONS.flatMap(options =>
        ADMITTED.map(
          admitted =>
            [
              `${region} ${kind} ${admitted.kind}`,
              policyFor(kind, { ...FACTS, region, admitted }, options) as unknown as Document
            ] as const
        )
      )
    )
  );
  expect(made).toHaveLength(REGIONS.length * POLICY_KINDS.length * OPTIONS.length * ADMITTED.length);
  expect(judge(made)).toEqual([]);
}, 60_000);

it('a fault would be found', () => {
  const wrong = { Effect: 'Allow', Action: 'codeartifact:Nope', Resource: '*' };
  expect(documentsIn(`aws iam put-role-policy '${JSON.stringify(wrong, null, 2)}'`)).toHaveLength(1);
  expect(judge([['wrong', { Version: '2012-10-17', Statement: [wrong] }]])).toEqual([
    ['wrong', expect.stringContaining('no action codeartifact:Nope')]
  ]);
});
