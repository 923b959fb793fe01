import { AdminError, type Output, type Plane } from '../../admin/plane';
import { ec2Operations } from '../../admin/ec2';
import { iamOperations } from '../../admin/iam';
import { jsonOperations } from '../../admin/json-services';
import { codeartifactOperations, ofAccount } from '../../admin/codeartifact';
import { readForm } from '../../admin/query-form';
import type { Made } from '../stack-records';

/** A stack's resource, as its type sees it. */
export interface Place {
  plane: Plane;
  stack: string;
  logicalId: string;
}

/** How a type is made, changed in place and taken away; each by the operations that the AWS CLI calls. */
export interface ResourceType {
  create(place: Place, properties: Properties): Promise<Made>;
  /** Without it a change replaces the resource. */
  update?(place: Place, made: Made, before: Properties, after: Properties): Promise<Made>;
  remove(place: Place, made: Made, properties: Properties): Promise<void>;
}

/** Properties are taken one by one: one that nobody judges is an error. */
export class Properties {
  private readonly left: Set<string>;

  constructor(
    private readonly type: string,
    private readonly values: Record<string, unknown>
  ) {
    this.left = new Set(Object.keys(values).filter(name => values[name] !== undefined));
  }

  maybe<T>(name: string): T | undefined {
    this.left.delete(name);
    return this.values[name] as T | undefined;
  }

  take<T>(name: string): T {
    const value = this.maybe<T>(name);
    if (value === undefined)
      throw new AdminError('ValidationError', `${this.type} needs the property ${name}`);
    return value;
  }

  done(): void {
    if (this.left.size > 0) {
      throw new AdminError(
        'ValidationError',
        `Encountered unsupported property ${[...this.left].join(', ')} of ${this.type}`
      );
    }
  }

  /** Unread again: of a resource that is there already. */
  again(): Properties {
    return new Properties(this.type, this.values);
  }
}

type Fields = Map<string, string>;

function flattened(value: unknown, name: string, fields: Fields, member: string): void {
  if (value === undefined) return;
  if (Array.isArray(value)) {
    value.forEach((each, at) => flattened(each, `${name}.${member}${at + 1}`, fields, member));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) flattened(each, `${name}.${key}`, fields, member);
  } else {
    fields.set(name, String(value));
  }
}

function form(input: Record<string, unknown>, member: string): ReturnType<typeof readForm> {
  const fields: Fields = new Map();
  for (const [name, value] of Object.entries(input)) flattened(value, name, fields, member);
  return readForm(fields);
}

export const ec2 = async (plane: Plane, action: string, input: Record<string, unknown>): Promise<Output> =>
  ec2Operations[action](plane, form(input, ''));

export const iam = async (plane: Plane, action: string, input: Record<string, unknown>): Promise<Output> =>
  iamOperations[action](plane, form(input, 'member.'));

export const sagemaker = async (
  plane: Plane,
  operation: string,
  input: Record<string, unknown>
): Promise<Output> =>
  jsonOperations[`SageMaker.${operation}`](plane, JSON.parse(JSON.stringify(input)) as Output);

export const codeartifact = async (
  plane: Plane,
  call: string,
  query: Record<string, string>,
  input: Record<string, unknown> = {}
): Promise<Output> =>
  codeartifactOperations[call](plane, {
    state: plane.state,
    route: 'internet',
    administrator: true,
    query: ofAccount(plane, new URLSearchParams(query)),
    input
  });
