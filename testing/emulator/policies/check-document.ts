import { isKnownOperator } from './conditions';
import { many, type PolicyDocument } from './document';

const statementKeys = [
  'Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'
]; // prettier-ignore

/** A policy is refused as AWS refuses it rather than read past: a judge that skips a clause it does not know is no judge. */
export function checkDocument(value: unknown, kind: 'identity' | 'resource'): PolicyDocument {
  const fail = (why: string): never => {
    throw new Error(`MalformedPolicyDocument: ${why}`);
  };
  if (typeof value !== 'object' || value === null || !('Statement' in value))
    fail('Missing required field Statement');
  const document = value as PolicyDocument;
  for (const key of Object.keys(document)) {
    if (!['Version', 'Id', 'Statement'].includes(key)) fail(`Syntax errors in policy: ${key}`);
  }
  if (document.Version !== undefined && !['2012-10-17', '2008-10-17'].includes(document.Version)) {
    fail(`Policy Version ${document.Version} is not known`);
  }
  for (const statement of many(document.Statement)) {
    for (const key of Object.keys(statement))
      if (!statementKeys.includes(key)) fail(`Syntax errors in policy: ${key}`);
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') fail('Effect must be Allow or Deny');
    if (many(statement.Action).length + many(statement.NotAction).length === 0)
      fail('Policy statement must contain actions.');
    for (const action of [...many(statement.Action), ...many(statement.NotAction)]) {
      if (action !== '*' && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))
        fail(`Actions/Conditions must be prefaced by a vendor: ${action}`);
    }
    if (many(statement.Resource).length + many(statement.NotResource).length === 0) {
      fail('Policy statement must contain resources.');
    }
    if (kind === 'identity' && statement.Principal !== undefined)
      fail('Policy document should not specify a principal.');
    if (kind === 'resource' && statement.Principal === undefined) fail('Missing required field Principal');
    for (const operator of Object.keys(statement.Condition ?? {})) {
      if (!isKnownOperator(operator)) fail(`Invalid Condition type : ${operator}.`);
    }
  }
  return document;
}
