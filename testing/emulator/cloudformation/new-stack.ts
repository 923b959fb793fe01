import { randomUUID } from 'node:crypto';
import type { Plane } from '../admin/plane';
import type { Stack } from './stack-records';

export const arn = (plane: Plane, kind: string, name: string): string =>
  `arn:aws:cloudformation:${plane.state.world.region}:${plane.account}:${kind}/${name}/${randomUUID()}`;

/** A stack that has nothing yet. */
export function newStack(plane: Plane, name: string, status: string): Stack {
  const stack: Stack = {
    name,
    id: arn(plane, 'stack', name),
    account: plane.account,
    status,
    reason: '',
    template: null,
    parameters: {},
    resources: new Map(),
    outputs: [],
    failures: []
  };
  plane.stacks.byId.set(stack.id, stack);
  return stack;
}
