// Two judges of infra/*.yaml that share nothing: the emulator's CloudFormation, which deploys them in the other tests, and
// cloud-radar. Each case of tests/infra in each partition of AWS must come out the same.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { evaluate, holds, type Scope } from '../../testing/emulator/cloudformation/evaluate';
import { readParameters } from '../../testing/emulator/cloudformation/parameters';
import { readTemplate } from '../../testing/emulator/cloudformation/template';

const ROOT = resolve(__dirname, '../..');

interface Case {
  readonly name: string;
  readonly about: string;
  readonly parameters: Record<string, string>;
  readonly pseudo: Record<string, string>;
  readonly rendered: { Resources: Record<string, Made>; Outputs: Record<string, { Value: unknown }> };
}

interface Made {
  readonly Type: string;
  readonly Properties: unknown;
}

function cloudRadar(): readonly Case[] {
  const ran = spawnSync(join(ROOT, '.venv/bin/python'), ['-m', 'tests.infra.templates'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  });
  if (ran.status !== 0) {
    throw new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout) as Case[];
}

/** What a resource that is made answers, in cloud-radar's words. */
const stand = (name: string): ReturnType<Scope['made']> => {
  const host = `vpce-0abc-1def.${name === 'ApiEndpoint' ? 'api' : 'd'}.codeartifact.eu-central-1.vpce.amazonaws.com`;
  const DnsEntries = [`Z1234567890ABC:${host}`];
  const attributes: Record<string, unknown> = { DnsEntries };
  for (const attribute of ['Arn', 'Name', 'Id', 'GroupId', 'NotebookInstanceLifecycleConfigName', 'StudioLifecycleConfigArn'])
    attributes[attribute] = `${name}.${attribute}`;
  return { ref: name, attributes };
}; // prettier-ignore

function emulator({ name, parameters, pseudo }: Case): Case['rendered'] {
  const template = readTemplate(readFileSync(join(ROOT, `infra/${name}.yaml`), 'utf8'));
  const scope: Scope = {
    template,
    parameters: readParameters(template, parameters, {}),
    pseudo,
    made: stand
  };
  const wanted = (each: { Condition?: string }): boolean =>
    each.Condition === undefined || holds({ Condition: each.Condition }, scope);
  const Resources = Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, each]) => wanted(each))
      .map(([key, { Type, Properties }]) => [key, { Type, Properties: evaluate(Properties, scope) }])
  );
  const outputs = (template as unknown as { Outputs: Record<string, { Value: unknown; Condition?: string }> })
    .Outputs;
  const Outputs = Object.fromEntries(
    Object.entries(outputs)
      .filter(([, each]) => wanted(each))
      .map(([key, { Value }]) => [key, { Value: evaluate(Value, scope) }])
  );
  return { Resources, Outputs };
}

/** Numbers and truth as CloudFormation passes them on: as text. */
const text = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'number' || typeof each === 'boolean' ? String(each) : each
    )
  );

it('each template is rendered alike by both, in every partition', () => {
  const cases = cloudRadar();
  expect(new Set(cases.map(each => each.pseudo['AWS::Partition'])).size).toBeGreaterThanOrEqual(8);
  for (const each of cases) {
    const { Resources, Outputs } = each.rendered;
    const theirs = {
      Resources: Object.fromEntries(
        Object.entries(Resources).map(([key, { Type, Properties }]) => [key, { Type, Properties }])
      ),
      Outputs: Object.fromEntries(Object.entries(Outputs).map(([key, { Value }]) => [key, { Value }]))
    };
    expect({ about: each.about, ...(text(emulator(each)) as object) }).toEqual({
      about: each.about,
      ...(text(theirs) as object)
    });
  }
}, 60_000);
