// What CloudFormation does with a template: resources made in the order of their references, changed, and taken away in
// the opposite order. It is done when the call ends: nothing here takes time.
import { AdminError, type Plane } from '../admin/plane';
import { evaluate, holds, namedIn, type Scope } from './evaluate';
import { readParameters } from './parameters';
import { knownTypes } from './resources/known-types';
import { Properties, type ResourceType } from './resources/resource-type';
import type { Given, Made, Stack, StackResource, Wanted } from './stack-records';
import { invalid, readTemplate } from './template';

function scopeOf(plane: Plane, stack: Stack, { template, parameters }: Wanted): Scope {
  return {
    template,
    parameters,
    pseudo: {
      'AWS::AccountId': plane.account,
      'AWS::Partition': 'aws',
      'AWS::Region': plane.state.world.region,
      'AWS::StackId': stack.id,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': 'amazonaws.com'
    },
    made(name) {
      const found = stack.resources.get(name);
      return (
        found?.made ??
        invalid(`Unresolved resource dependencies [${name}]: it is not made under this condition`)
      );
    }
  };
}

export function want(plane: Plane, stack: Stack, text: string, given: Given): Wanted {
  const template = readTemplate(text);
  const wanted = { template, parameters: readParameters(template, given, stack.parameters) };
  const scope = scopeOf(plane, stack, wanted);
  for (const [name, rule] of Object.entries(template.Rules ?? {})) {
    if (rule.RuleCondition !== undefined && !holds(rule.RuleCondition, scope)) continue;
    for (const { Assert, AssertDescription } of rule.Assertions)
      if (!holds(Assert, scope))
        invalid(`Template validation error: Rule ${name}: ${AssertDescription ?? ''}`);
  }
  for (const [name, { Type }] of Object.entries(template.Resources)) {
    if (!Object.hasOwn(knownTypes, Type))
      invalid(`Template format error: Unrecognized resource types: [${Type}] (${name})`);
  }
  return wanted;
}

/** Those whose condition holds, each after what it names. */
function inOrder({ template }: Wanted, scope: Scope): string[] {
  const names = Object.keys(template.Resources).filter(name => {
    const { Condition } = template.Resources[name];
    return Condition === undefined || holds({ Condition }, scope);
  });
  const all = new Set(names);
  const needs = new Map(
    names.map(name => {
      const { Properties: properties, DependsOn = [] } = template.Resources[name];
      return [
        name,
        new Set([...namedIn(properties, all), ...[DependsOn].flat().filter(each => all.has(each))])
      ];
    })
  );
  const sorted: string[] = [];
  const visit = (name: string, path: string[]): void => {
    if (sorted.includes(name)) return;
    if (path.includes(name)) invalid(`Circular dependency between resources: [${path.join(', ')}]`);
    needs.get(name)?.forEach(each => visit(each, [...path, name]));
    sorted.push(name);
  };
  names.forEach(name => visit(name, []));
  return sorted;
}

const typeOf = (type: string): ResourceType => knownTypes[type];

async function removeOne(plane: Plane, stack: Stack, name: string): Promise<void> {
  const { type, made, properties, retain } = stack.resources.get(name) as StackResource;
  const place = { plane, stack: stack.name, logicalId: name };
  if (!retain) await typeOf(type).remove(place, made, new Properties(type, properties));
  stack.resources.delete(name);
}

async function applyOne(
  plane: Plane,
  stack: Stack,
  name: string,
  wanted: Wanted,
  scope: Scope
): Promise<void> {
  const declared = wanted.template.Resources[name];
  const type = typeOf(declared.Type);
  const properties = (evaluate(declared.Properties ?? {}, scope) ?? {}) as Record<string, unknown>;
  const place = { plane, stack: stack.name, logicalId: name };
  const present = stack.resources.get(name);
  const [before, after] = [
    new Properties(declared.Type, present?.properties ?? {}),
    new Properties(declared.Type, properties)
  ];
  const keep = (made: Made): void => {
    const retain = declared.DeletionPolicy === 'Retain';
    stack.resources.set(name, { type: declared.Type, made, properties, retain });
  };
  if (present === undefined) return keep(await type.create(place, after));
  if (JSON.stringify(present.properties) === JSON.stringify(properties)) return keep(present.made);
  if (type.update !== undefined) return keep(await type.update(place, present.made, before, after));
  // AWS makes the new one first, under another name; what has a name of its own could not be made twice here.
  await type.remove(place, present.made, before);
  stack.resources.delete(name);
  keep(await type.create(place, after));
}

/** Makes the stack what is wanted; what was made before a failure is taken away again. */
export async function deploy(plane: Plane, stack: Stack, wanted: Wanted): Promise<void> {
  const scope = scopeOf(plane, stack, wanted);
  const first = stack.resources.size === 0;
  const order = inOrder(wanted, scope);
  stack.failures = [];
  let at = '';
  try {
    for (const name of order) {
      at = name;
      await applyOne(plane, stack, name, wanted, scope);
    }
    for (const name of [...stack.resources.keys()].reverse())
      if (!order.includes(name)) await removeOne(plane, stack, (at = name));
  } catch (error) {
    const reason = (error as Error).message;
    stack.failures.push({ resource: at, type: wanted.template.Resources[at]?.Type ?? '', reason });
    stack.reason = `The following resource(s) failed: [${at}]. ${reason}`;
    stack.status = first ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED';
    if (first) await takeAway(plane, stack);
    return;
  }
  stack.template = wanted.template;
  stack.parameters = wanted.parameters;
  stack.outputs = outputs(wanted, scope);
  stack.status = first ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
  stack.reason = '';
}

function outputs({ template }: Wanted, scope: Scope): Stack['outputs'] {
  return Object.entries(template.Outputs ?? {})
    .filter(([, { Condition }]) => Condition === undefined || holds({ Condition }, scope))
    .map(([key, { Value, Description = '' }]) => ({
      key,
      value: String(evaluate(Value, scope)),
      description: Description
    }));
}

export async function takeAway(plane: Plane, stack: Stack): Promise<void> {
  for (const name of [...stack.resources.keys()].reverse()) await removeOne(plane, stack, name);
}

/** Deletes what may go; a resource that cannot go keeps the stack. */
export async function deleteStack(plane: Plane, stack: Stack): Promise<void> {
  try {
    await takeAway(plane, stack);
    stack.status = 'DELETE_COMPLETE';
  } catch (error) {
    stack.status = 'DELETE_FAILED';
    stack.reason = error instanceof AdminError ? error.message : String(error);
  }
}
