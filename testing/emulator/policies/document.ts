// The part of IAM's policy language that the emulator judges by:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

export type OneOrMany<T> = T | T[];

export type PrincipalBlock = '*' | Record<string, OneOrMany<string>>;

export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: PrincipalBlock;
  Action?: OneOrMany<string>;
  NotAction?: OneOrMany<string>;
  Resource?: OneOrMany<string>;
  NotResource?: OneOrMany<string>;
  Condition?: Record<string, Record<string, OneOrMany<string | number | boolean>>>;
}

export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: OneOrMany<Statement>;
}

/** A policy and, for the managed ones, the ARN that AWS may name at the end of a denial. */
export interface NamedPolicy {
  arn?: string;
  document: PolicyDocument;
}

export function many<T>(value: OneOrMany<T> | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
