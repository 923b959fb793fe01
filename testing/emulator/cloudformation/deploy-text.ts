import type { StackText } from '../contract';
import type { Plane } from '../admin/plane';
import { newStack } from './new-stack';
import { knownTypes } from './resources/known-types';
import { Properties } from './resources/resource-type';
import type { Stack } from './stack-records';
import { deploy, want } from './stacks';
import { invalid } from './template';

const standing = (plane: Plane, name: string): Stack | undefined =>
  [...plane.stacks.byId.values()].find(
    each => each.name === name && each.account === plane.account && each.status !== 'DELETE_COMPLETE'
  );

/** Takes resources away by their types' own operations; the stack's record is left as it was, as AWS leaves it. */
export async function takeAwayFrom(plane: Plane, name: string, resources: string[]): Promise<void> {
  const stack = standing(plane, name);
  for (const logicalId of resources) {
    const found = stack?.resources.get(logicalId);
    if (found === undefined) return invalid(`The stack ${name} has no resource ${logicalId}`);
    const { type, made, properties } = found;
    const place = { plane, stack: name, logicalId };
    await knownTypes[type].remove(place, made, new Properties(type, properties));
  }
}

/** Makes or updates a stack, as `aws cloudformation deploy` does, for tests that do it many times. */
export async function deployText(
  plane: Plane,
  { stack, template }: StackText,
  parameters: Record<string, string>
): Promise<void> {
  const found = standing(plane, stack);
  const target = found ?? newStack(plane, stack, 'REVIEW_IN_PROGRESS');
  try {
    await deploy(plane, target, want(plane, target, template, parameters));
    if (target.failures.length > 0) throw new Error(target.reason);
  } catch (error) {
    if (found === undefined) plane.stacks.byId.delete(target.id);
    throw error;
  }
}
