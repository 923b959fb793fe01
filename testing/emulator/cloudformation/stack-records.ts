// What stands and what is wanted, as data: kept beside the world for as long as the emulator runs.
import type { Template } from './template-types';

export type Given = Record<string, string>;

/** What Ref and GetAtt answer. */
export interface Made {
  ref: string;
  attributes: Record<string, unknown>;
}

export interface StackResource {
  type: string;
  made: Made;
  properties: Record<string, unknown>;
  retain: boolean;
}

export interface Stack {
  name: string;
  id: string;
  account: string;
  status: string;
  reason: string;
  template: Template | null;
  parameters: Given;
  resources: Map<string, StackResource>;
  outputs: { key: string; value: string; description: string }[];
  /** Resources that could not be made, and why. */
  failures: { resource: string; type: string; reason: string }[];
}

/** A change that waits for its execution. */
export interface ChangeSet {
  id: string;
  stack: Stack;
  wanted: Wanted;
}

export interface Stacks {
  readonly byId: Map<string, Stack>;
  readonly changeSets: Map<string, ChangeSet>;
}

export const createStacks = (): Stacks => ({ byId: new Map(), changeSets: new Map() });

/** A template with its parameters, checked as far as it can be before anything is made. */
export interface Wanted {
  template: Template;
  parameters: Given;
}
