import type { StackText } from '../contract';
import type { Plane } from '../admin/plane';
import { newStack } from './new-stack';
import { deploy, want } from './stacks';

/** Makes or updates a stack, as `aws cloudformation deploy` does, for tests that do it many times. */
export async function deployText(
  plane: Plane,
  { stack, template }: StackText,
  parameters: Record<string, string>
): Promise<void> {
  const found = [...plane.stacks.byId.values()].find(
    each => each.name === stack && each.account === plane.account && each.status !== 'DELETE_COMPLETE'
  );
  const target = found ?? newStack(plane, stack, 'REVIEW_IN_PROGRESS');
  try {
    await deploy(plane, target, want(plane, target, template, parameters));
    if (target.failures.length > 0) throw new Error(target.reason);
  } catch (error) {
    if (found === undefined) plane.stacks.byId.delete(target.id);
    throw error;
  }
}
