import type { State } from '../world/state';
import type { World } from '../world/world';
import type { Stacks } from '../cloudformation/stack-records';

/** What an administrator's calls work on. */
export interface Plane {
  state: State;
  /** Whose administrator it is: 12 digits. */
  account: string;
  stacks: Stacks;
  /** Applies a change to a copy of the world; the ports follow before it resolves. */
  change(edit: (draft: World) => void): Promise<void>;
}

/** An error of EC2, IAM and the JSON services; each writes it in its own form. */
export class AdminError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400
  ) {
    super(message);
  }
}

/** Members by name; lists as arrays. EC2 and IAM write it as XML, the others as JSON. */
export type Output = Record<string, unknown>;

export type AdminOperation<Input> = (plane: Plane, input: Input) => Promise<Output> | Output;
