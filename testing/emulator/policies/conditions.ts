// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import { many, type Statement } from './document';
import { matchesArn, matchesWildcard } from './wildcard';

/** Context keys in lower case (they are compared so); a key that is absent is not in the map. */
export type ContextKeys = Map<string, string>;

type Test = (wanted: string, given: string) => boolean;

const numeric =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) =>
    compare(Number(given), Number(wanted));

const tests: Record<string, Test> = {
  StringEquals: (wanted, given) => wanted === given,
  StringEqualsIgnoreCase: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  StringLike: matchesWildcard,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  NumericEquals: numeric((given, wanted) => given === wanted),
  NumericLessThan: numeric((given, wanted) => given < wanted),
  NumericLessThanEquals: numeric((given, wanted) => given <= wanted),
  NumericGreaterThan: numeric((given, wanted) => given > wanted),
  NumericGreaterThanEquals: numeric((given, wanted) => given >= wanted)
};

/** The negated operators hold when no value matches, and also when the key is absent. */
const negated: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals'
};

export function isKnownOperator(name: string): boolean {
  const base = name.replace(/IfExists$/, '');
  return base === 'Null' || Object.hasOwn(tests, base) || Object.hasOwn(negated, base);
}

function holds(operator: string, key: string, values: string[], context: ContextKeys): boolean {
  const given = context.get(key.toLowerCase());
  const base = operator.replace(/IfExists$/, '');
  if (base === 'Null') return values.some(value => (value === 'true') === (given === undefined));
  const positive = negated[base];
  if (given === undefined) return positive !== undefined || operator.endsWith('IfExists');
  if (positive !== undefined) return !values.some(value => tests[positive](value, given));
  return values.some(value => tests[base](value, given));
}

/** All blocks and keys must hold; of a key's values one is enough. */
export function conditionsHold(statement: Statement, context: ContextKeys): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, block]) =>
    Object.entries(block).every(([key, values]) => holds(operator, key, many(values).map(String), context))
  );
}
