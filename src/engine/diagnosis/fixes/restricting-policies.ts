import type { Fix, Snippet } from '../../../protocol/fix';
import { withoutSids } from '../policies/statement';
import { callerName, type Denied, roleName, SECOND_DENIAL } from './denied-facts';
import { managedPolicy, missing, wanted } from './identity';
import { appended, documentLines, here } from './merge';
import { organization } from './organization';
import { aws, bash, comment, guarded, into, raw, variable } from './shell';
import { json } from './snippet';
import { together, trans } from '../../core/say';

/** What limits a caller whatever its own policies allow; undefined where AWS names another type of policy. */
export function restricted(denied: Denied): Fix | undefined {
  const { type, via } = denied;
  if (via === 'scp' || via === 'rcp') {
    return organization(denied, via, true);
  }
  switch (type) {
    case 'scp':
    case 'rcp':
      return organization(denied, type);
    case 'boundary':
      return boundary(denied);
    case 'session':
      return session(denied);
    default:
      return undefined;
  }
}

/** A permissions boundary: what the caller may have at most. */
function boundary(denied: Denied): Fix {
  const { who, action, explicit, policyArn } = denied;
  const name =
    policyArn === ''
      ? trans.__('the permissions boundary of the %1', callerName(who))
      : trans.__('the permissions boundary %1', policyArn);
  return explicit
    ? {
        who: 'identity administrator',
        text: together(
          trans.__(
            'A statement with "Effect": "Deny" in %1 covers %2. Adding permissions does not help: change or remove that statement.',
            name,
            action
          ),
          SECOND_DENIAL
        ),
        snippets: policyArn === '' ? [findBoundary(denied)] : [...managedPolicy(policyArn)]
      }
    : {
        who: 'identity administrator',
        text: together(
          policyArn === ''
            ? trans.__('The permissions boundary of the %1 does not include %2.', callerName(who), action)
            : trans.__('The permissions boundary %1 does not include %2.', policyArn, action),
          trans.__(
            "The role's own policies cannot go beyond it. Add these statements to the boundary. Others may share it; the command makes a new version and keeps the old one."
          ),
          SECOND_DENIAL
        ),
        snippets: [...missing(denied), widenBoundary(denied)]
      };
}

function boundaryLines(denied: Denied): readonly string[] {
  const { who, policyArn } = denied;
  if (policyArn !== '') {
    return [
      into(
        'BOUNDARY_ARN',
        aws('iam get-policy', { 'policy-arn': policyArn, query: 'Policy.Arn', output: 'text' })
      )
    ];
  }
  const query = (kind: string) => `${kind}.PermissionsBoundary.PermissionsBoundaryArn`;
  const role = roleName(who);
  return who.kind === 'user'
    ? [
        into(
          'BOUNDARY_ARN',
          aws('iam get-user', { 'user-name': who.name, query: query('User'), output: 'text' })
        )
      ]
    : [
        ...role.lines,
        into(
          'BOUNDARY_ARN',
          aws('iam get-role', { 'role-name': role.value, query: query('Role'), output: 'text' })
        )
      ];
}

const versionLines = (): readonly string[] => [
  into(
    'VERSION',
    aws('iam get-policy', {
      'policy-arn': variable('BOUNDARY_ARN'),
      query: 'Policy.DefaultVersionId',
      output: 'text'
    })
  )
];

const boundaryDocument = (): string =>
  aws('iam get-policy-version', {
    'policy-arn': variable('BOUNDARY_ARN'),
    'version-id': variable('VERSION'),
    query: 'PolicyVersion.Document'
  });

const findBoundary = (denied: Denied): Snippet =>
  bash(trans.__('The boundary'), [
    guarded([...boundaryLines(denied), ...versionLines(), boundaryDocument()])
  ]);

const widenBoundary = (denied: Denied): Snippet =>
  bash(trans.__('A new version of the boundary'), [
    guarded([
      ...boundaryLines(denied),
      ...versionLines(),
      'WORK=$(mktemp -d)',
      `${boundaryDocument()} --output json > "$WORK/now.json"`,
      here('"$WORK/ours.json"', 'JSON', documentLines(withoutSids(wanted(denied)))),
      appended('"$WORK/now.json"', '"$WORK/ours.json"', '"$WORK/merged.json"'),
      comment('IAM keeps five versions; it says so when one must be deleted first'),
      aws('iam create-policy-version', {
        'policy-arn': variable('BOUNDARY_ARN'),
        'policy-document': raw('"file://$WORK/merged.json"'),
        'set-as-default': true
      })
    ])
  ]);

/** A session policy: handed over by whatever assumed the role. There is no AWS command to change it. */
function session(denied: Denied): Fix {
  const { action, explicit, who } = denied;
  return {
    who: 'identity administrator',
    text: explicit
      ? together(
          trans.__(
            'The session policy with which the %1 was assumed denies %2. Change it where the session is made: in the broker or sign-in service that assumes the role. Adding permissions to the role does not help.',
            callerName(who),
            action
          ),
          SECOND_DENIAL
        )
      : together(
          trans.__(
            'The session policy with which the %1 was assumed does not include %2. Add these statements where the session is made: in the broker or sign-in service that assumes the role.',
            callerName(who),
            action
          ),
          SECOND_DENIAL
        ),
    snippets: explicit
      ? [...managedPolicy(denied.policyArn)]
      : [...missing(denied), json(trans.__('Whole policy'), wanted(denied))]
  };
}
