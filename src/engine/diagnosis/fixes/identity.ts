import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import type { Principal } from '../../core/principal';
import { type PolicyDocument, policyDocument, type Statement } from '../policies/statement';
import { isListing, policyFor, type PolicyOptions, statementFor } from '../policies/policies';
import { callerName, type Denied, roleName, SECOND_DENIAL } from './denied-facts';
import { aws, bash, comment, guarded, into, raw, variable } from './shell';
import { domains, everyRegion } from './not-found';
import { json, yaml } from './snippet';
import { together, trans } from '../../core/say';

/** IAM's limit on the name of an inline policy. */
const LONGEST_NAME = 128;

/** Short, steady and different for different texts; no more is needed of it (FNV-1a, 32 bits). */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

/**
 * put-role-policy replaces an inline policy of the same name: ours has a name of its own for each repository and for
 * what it holds, so that nothing else and nothing larger is replaced, and the same fix twice is one policy.
 */
export function policyName(facts: FixContext, { listing, publish }: PolicyOptions = {}): string {
  const holds = ['codeartifact-read', ...(listing ? ['list'] : []), ...(publish ? ['publish'] : [])].join(
    '-'
  );
  const whole = [holds, facts.region, facts.domainOwner, facts.domain, facts.repository]
    .filter(p => p !== '')
    .join('-');
  return whole.length <= LONGEST_NAME ? whole : `${whole.slice(0, LONGEST_NAME - 9)}-${mark(whole)}`;
}

/** The caller's own policy does not allow it. */
export function addToRole(denied: Denied): Fix {
  const { facts, who, action } = denied;
  const said = [
    who.account === ''
      ? trans.__('Add this to the %1.', callerName(who))
      : trans.__('Add this to the %1 in account %2.', callerName(who), who.account),
    who.kind === 'user'
      ? trans.__('It is a policy of its own: what the user has already stays as it is.')
      : trans.__('It is a policy of its own: what the role has already stays as it is.'),
    SECOND_DENIAL
  ];
  if (who.permissionSet !== undefined) {
    return {
      who: 'identity administrator',
      text: together(
        trans.__(
          'The role comes from IAM Identity Center and cannot be changed by itself: add these statements to the inline policy of the permission set %1, then assign it to the account again.',
          who.permissionSet
        ),
        SECOND_DENIAL
      ),
      snippets: [...missing(denied), whole(denied)]
    };
  }
  return {
    who: 'identity administrator',
    text:
      action === 'sts:GetServiceBearerToken'
        ? together(...said, DURATION)
        : together(...said, isListing(action) && LISTING, perhapsMistyped(denied)),
    snippets: [
      ...missing(denied),
      command(denied),
      whole(denied),
      ...template(denied),
      ...(asksForToken(denied) ? [domains(facts), everyRegion()] : [])
    ]
  };
}

const LISTING = trans.__(
  'Connecting does without it; the same statements come from "jupyter codeartifact policy --for role --listing".'
);

const asksForToken = ({ action }: Denied): boolean => action === 'codeartifact:GetAuthorizationToken';

/** IAM judges before CodeArtifact looks: to a role that may use one domain a mistyped one is AccessDenied, not "not found". */
const perhapsMistyped = (denied: Denied): string =>
  asksForToken(denied)
    ? trans.__(
        'Before that, compare the settings: AWS refuses a domain that does not exist in the same way (here %1 of account %2 in %3).',
        denied.facts.domain,
        denied.facts.domainOwner || trans.__('not set'),
        denied.facts.region
      )
    : '';

/** CodeArtifact guide, "Limit authorization token duration". */
const DURATION = trans.__(
  'This action has no effect in the policies of domains and repositories: it must be here. If the policy allows it already, look for a condition on sts:DurationSeconds, and choose a shorter token duration in the settings.'
);

/** An action that is not one of ours, such as sts:AssumeRole. */
const itself = ({ action, resource }: Denied): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource
});

export const missing = (denied: Denied): readonly Snippet[] => [
  json(trans.__('The missing statement'), statementFor(denied.action, denied.facts) ?? itself(denied))
];

/** All that pip needs, where the action is one of these; else the action alone. */
export const wanted = (denied: Denied): PolicyDocument =>
  statementFor(denied.action, denied.facts) === undefined
    ? policyDocument([itself(denied)])
    : policyFor('role', denied.facts, optionsOf(denied.action));

/** What pip needs, and for a list or an upload also what these need. */
export const optionsOf = (action: string): PolicyOptions => ({
  listing: isListing(action),
  publish: action === 'codeartifact:PublishPackageVersion'
});

function whole({ action, facts }: Denied): Snippet {
  const document = policyFor('role', facts, optionsOf(action));
  return json(trans.__('Whole policy, %1 statements', document.Statement.length), document);
}

export const command = ({ action, facts, who }: Denied): Snippet => putPolicy(facts, who, optionsOf(action));

/** Puts the role's policy under a name of its own. */
export function putPolicy(facts: FixContext, who: Principal, options: PolicyOptions): Snippet {
  const document = raw(`'${JSON.stringify(policyFor('role', facts, options), null, 2)}'`);
  if (who.kind === 'user') {
    return bash(trans.__('Put the whole policy on the user'), [
      aws('iam put-user-policy', {
        'user-name': who.name,
        'policy-name': policyName(facts, options),
        'policy-document': document
      })
    ]);
  }
  const role = roleName(who);
  return bash(trans.__('Put the whole policy on the role'), [
    ...role.lines,
    aws('iam put-role-policy', {
      'role-name': role.value,
      'policy-name': policyName(facts, options),
      'policy-document': document
    })
  ]);
}

const template = ({ action, facts, who }: Denied): readonly Snippet[] =>
  who.kind === 'user' ? [] : [roleTemplate(facts, who, optionsOf(action))];

/** The role's policy as a template of its own. */
export function roleTemplate(facts: FixContext, who: Principal, options: PolicyOptions): Snippet {
  const named = who.name === '';
  return yaml(trans.__('CloudFormation'), {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'What pip needs to read from CodeArtifact',
    ...(named ? { Parameters: { RoleName: { Type: 'String' } } } : {}),
    Resources: {
      CodeArtifactRead: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          RoleName: named ? { Ref: 'RoleName' } : who.name,
          PolicyName: policyName(facts, options),
          PolicyDocument: policyFor('role', facts, options)
        }
      }
    }
  });
}

/** A Deny on the caller: no Allow helps; the statement must be found and changed. */
export function denyOnRole(denied: Denied): Fix {
  const { who, action, policyArn } = denied;
  const where =
    policyArn === '' ? trans.__('a policy of the %1', callerName(who)) : trans.__('the policy %1', policyArn);
  return {
    who: 'identity administrator',
    text: together(
      trans.__(
        'A statement with "Effect": "Deny" in %1 covers %2. A Deny beats every Allow, so adding permissions does not help: change or remove that statement.',
        where,
        action
      ),
      SECOND_DENIAL
    ),
    snippets: [...managedPolicy(policyArn), simulate(denied)]
  };
}

/** Prints the managed policy that AWS named. */
export function managedPolicy(policyArn: string): readonly Snippet[] {
  if (!/^arn:[^:]*:iam::[^:]*:policy\//.test(policyArn)) {
    return [];
  }
  return [
    bash(trans.__('The policy that AWS names'), [
      guarded([
        into(
          'VERSION',
          aws('iam get-policy', { 'policy-arn': policyArn, query: 'Policy.DefaultVersionId', output: 'text' })
        ),
        aws('iam get-policy-version', {
          'policy-arn': policyArn,
          'version-id': variable('VERSION'),
          query: 'PolicyVersion.Document'
        })
      ])
    ])
  ];
}

/** IAM itself says which statement of which policy matched. */
export function simulate(denied: Denied): Snippet {
  const { who, action, resource } = denied;
  const role = roleName(who);
  const user = who.kind === 'user';
  return bash(trans.__('Which statement it is'), [
    guarded([
      ...(user ? [] : role.lines),
      into(
        'CALLER_ARN',
        user
          ? aws('iam get-user', { 'user-name': who.name, query: 'User.Arn', output: 'text' })
          : aws('iam get-role', { 'role-name': role.value, query: 'Role.Arn', output: 'text' })
      ),
      comment('SourcePolicyId names the policy; the positions say where the statement stands in it'),
      aws('iam simulate-principal-policy', {
        'policy-source-arn': variable('CALLER_ARN'),
        'action-names': action,
        ...(resource === '*' ? {} : { 'resource-arns': resource }),
        query:
          'EvaluationResults[].{Action:EvalActionName,Decision:EvalDecision,Statements:MatchedStatements}'
      })
    ])
  ]);
}
