import { conditionsHold, type ContextKeys } from './conditions';
import { many, type PolicyDocument, type Statement } from './document';
import { matchesAction, matchesWildcard } from './wildcard';

export interface Question {
  action: string;
  /** ARN, or `*` for actions that have no resource. */
  resource: string;
  /** Session ARN, as a denial names it. */
  principal: string;
  roleArn: string;
  account: string;
  /** ARN of the provider that says who asks, where a web identity does. */
  federated?: string;
  context: ContextKeys;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalMatches(statement: Statement, question: Question, byAccount: boolean): boolean {
  if (statement.Principal === undefined) return true;
  if (statement.Principal === '*') return true;
  const { federated } = question;
  if (federated !== undefined && many(statement.Principal.Federated).includes(federated)) return true;
  const accepted = ['*', question.principal, question.roleArn];
  if (byAccount) accepted.push(question.account, `arn:aws:iam::${question.account}:root`);
  return many(statement.Principal.AWS).some(value => accepted.includes(value));
}

function actionMatches(statement: Statement, action: string): boolean {
  if (statement.NotAction !== undefined)
    return !many(statement.NotAction).some(p => matchesAction(p, action));
  return many(statement.Action).some(pattern => matchesAction(pattern, action));
}

function resourceMatches(statement: Statement, resource: string): boolean {
  if (statement.NotResource !== undefined)
    return !many(statement.NotResource).some(p => matchesWildcard(p, resource));
  return many(statement.Resource).some(pattern => matchesWildcard(pattern, resource));
}

export type Effect = 'allow' | 'deny' | 'nothing';

/**
 * What one document says: an explicit deny beats an allow. Without `byAccount` an allow for the whole account does not
 * count: it leaves the choice to the account's own policies, it does not let a role in by itself.
 */
export function judge(document: PolicyDocument, question: Question, byAccount = true): Effect {
  let effect: Effect = 'nothing';
  for (const statement of many(document.Statement)) {
    if (!principalMatches(statement, question, byAccount || statement.Effect === 'Deny')) continue;
    if (!actionMatches(statement, question.action)) continue;
    if (!resourceMatches(statement, question.resource)) continue;
    if (!conditionsHold(statement, question.context)) continue;
    if (statement.Effect === 'Deny') return 'deny';
    effect = 'allow';
  }
  return effect;
}
