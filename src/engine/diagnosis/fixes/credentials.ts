import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { principalOf } from '../../core/principal';
import { profileAdvice } from './profile-advice';
import { aws, bash, comment, guarded, into, word } from './shell';
import { trans } from '../../core/say';

/** Where credentials come from, in the words of the chain (src/engine/aws/credential-plan.ts). */
type Origin = 'profile' | 'environment' | 'web identity' | 'container' | 'role';

function originOf(evidence: Evidence, facts: FixContext): Origin {
  const source = (fact(evidence, 'source') || (facts.credentialSource ?? '')).toLowerCase();
  if (/^profile/.test(source) || (source === '' && facts.profile !== '')) {
    return 'profile';
  }
  if (source.startsWith('env')) {
    return 'environment';
  }
  return source === 'web identity' ? 'web identity' : source.startsWith('container') ? 'container' : 'role';
}

/** The profile that was asked, whoever named it. */
export const profileOf = (evidence: Evidence, facts: FixContext): string =>
  fact(evidence, 'profile') ||
  (/^profile (.+?)(?: \([^()]*\))?$/.exec(fact(evidence, 'source'))?.[1] ?? '') ||
  (/^profile (.+?)(?: \([^()]*\))?$/.exec(facts.credentialSource ?? '')?.[1] ?? facts.profile);

const profileOption = (profile: string): Readonly<Record<string, string>> =>
  profile === '' ? {} : { profile };

/** What a file says of the profiles, without a secret. */
export const looks = (profile: string) =>
  bash(trans.__('In a terminal'), [
    comment('The profiles there are, and what this one says; no secret is printed'),
    "grep -hn '^ *\\[' ~/.aws/config ~/.aws/credentials",
    aws('configure list', profileOption(profile))
  ]);

/** The profile that is in force is nowhere. */
export function missingProfile(evidence: Evidence, facts: FixContext): Fix {
  const profile = profileOf(evidence, facts);
  const by = fact(evidence, 'namedBy');
  return {
    who: 'you',
    text: by.includes('AWS_')
      ? trans.__(
          "Choose a profile that is there, or set %1 up. Without a profile the notebook's own role is used: then take the variable out of the environment of the Jupyter server and restart it.",
          profile
        )
      : trans.__(
          "Choose a profile that is there, or set %1 up. Without a profile the notebook's own role is used.",
          profile
        ),
    snippets: [looks(profile)]
  };
}

/** The line is shown in the user's own terminal only: it may hold a key. */
export function unparsableConfig(evidence: Evidence): Fix {
  const path = fact(evidence, 'path');
  const line = Number(fact(evidence, 'line')) || 1;
  return {
    who: 'you',
    text: trans.__('Correct line %1 of %2. The AWS CLI cannot read the file either.', line, path),
    snippets: [
      bash(trans.__('The line and those around it (it may hold a secret: show it to nobody)'), [
        `sed -n '${Math.max(1, line - 2)},${line + 2}p' ${word(path)}`
      ])
    ]
  };
}

/** `aws sso login` is of AWS CLI version 2. */
export const signIn = (profile: string, command = '') =>
  command.startsWith('aws login')
    ? bash(trans.__('Sign in again'), [aws('login', profileOption(profile))])
    : bash(
        command === ''
          ? trans.__('If the profile signs in through IAM Identity Center')
          : trans.__('Sign in again'),
        [aws('sso login', profileOption(profile))]
      );

export function expiredCredentials(evidence: Evidence, facts: FixContext): Fix {
  const profile = profileOf(evidence, facts);
  switch (originOf(evidence, facts)) {
    case 'profile':
      return evidence.kind === 'process'
        ? {
            who: 'you',
            text: trans.__(
              'The program that credential_process names for the profile %1 printed credentials that have ended. Sign in where it takes them from, then check again.',
              profile
            ),
            snippets: [looks(profile)]
          }
        : {
            who: 'you',
            text:
              fact(evidence, 'signIn') !== ''
                ? trans.__('Sign in, then check again.')
                : profile === ''
                  ? trans.__('Sign in again, then check again: the credentials of the profile have ended.')
                  : trans.__(
                      'Sign in again, then check again: the credentials of profile %1 have ended.',
                      profile
                    ),
            snippets: [signIn(profile, fact(evidence, 'signIn'))]
          };
    case 'environment':
      return {
        who: 'you',
        text: trans.__(
          'The AWS_ variables in the environment of the Jupyter server hold credentials that have ended. Set new ones, or take the three variables out so that the role of the notebook is used; then restart the server.'
        ),
        snippets: [WITHOUT_VARIABLES]
      };
    case 'web identity':
      return webIdentity();
    case 'container':
    case 'role':
      return {
        who: 'platform team',
        text: trans.__(
          "The role's credentials are renewed by the notebook's own metadata service. Check again in a minute; if they stay expired, restart the notebook, and look at its clock."
        ),
        snippets: []
      };
  }
}

const WITHOUT_VARIABLES = bash(trans.__('Without them'), [
  'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'
]);

/** Kubernetes writes the token anew into the pod's file. */
const webIdentity = ({ problem = '' }: Evidence = {}): Fix => ({
  who: 'platform team',
  text:
    problem === 'role_missing'
      ? trans.__(
          'Name the role: on Amazon EKS the service account of the pod has it in the annotation eks.amazonaws.com/role-arn, and AWS_ROLE_ARN is set from there when the pod starts. Restart the notebook afterwards.'
        )
      : problem.startsWith('token_file')
        ? trans.__(
            'Kubernetes writes the token of the service account into the file that AWS_WEB_IDENTITY_TOKEN_FILE names. Let the pod mount it there, readable for the user of the notebook, then restart the notebook.'
          )
        : trans.__(
            'Kubernetes renews the token of the service account in its file; the role must trust the issuer of the token and the service account. Compare the two, then restart the notebook.'
          ),
  snippets: [
    bash(trans.__('What the environment names'), [
      comment('The token itself is a secret; the file must be there and not be old'),
      'ls -l "$AWS_WEB_IDENTITY_TOKEN_FILE"; echo "$AWS_ROLE_ARN"'
    ])
  ]
});

/** AWS does not know the key. */
export function rejectedCredentials(evidence: Evidence, facts: FixContext): Fix {
  const profile = profileOf(evidence, facts);
  switch (originOf(evidence, facts)) {
    case 'profile':
      return {
        who: 'you',
        text:
          profile === ''
            ? trans.__(
                'Set up the credentials of the profile again: AWS does not know the key, or the secret does not belong to it.'
              )
            : trans.__(
                'Set up the credentials of profile %1 again: AWS does not know the key, or the secret does not belong to it.',
                profile
              ),
        snippets: [
          signIn(profile),
          bash(trans.__('If the profile holds an access key'), [aws('configure', profileOption(profile))])
        ]
      };
    case 'environment':
      return {
        who: 'you',
        text: trans.__(
          'AWS does not know the key in the AWS_ variables of the Jupyter server, or the three do not belong together. Set them again, or take them out so that the role of the notebook is used; then restart the server.'
        ),
        snippets: [WITHOUT_VARIABLES]
      };
    case 'web identity':
    case 'container':
    case 'role':
      return {
        who: 'platform team',
        text: trans.__(
          'AWS does not know the key that the notebook was given: its role may have been deleted and made again, or the Region is not enabled for the account. Stop and start the notebook, so that it gets new credentials.'
        ),
        snippets: roleLooks(facts)
      };
  }
}

/** A source that is set up, but not whole. */
export function invalidCredentials(evidence: Evidence, facts: FixContext): Fix {
  const profile = profileOf(evidence, facts);
  const path = fact(evidence, 'path') || '~/.aws/config';
  switch (originOf(evidence, facts)) {
    case 'profile':
      return {
        who: 'you',
        text: profileAdvice(evidence, profile, path),
        snippets: [looks(profile)]
      };
    case 'environment':
      return {
        who: 'you',
        text: trans.__(
          'Set the AWS_ variables of the Jupyter server whole, or take them out so that the role of the notebook is used; then restart the server.'
        ),
        snippets: [WITHOUT_VARIABLES]
      };
    case 'web identity':
      return webIdentity(evidence);
    case 'container':
      return {
        who: 'platform team',
        text: trans.__(
          "The container gets its role's credentials from a service on its own host, whose address and token are in AWS_CONTAINER_ variables that AWS sets. Take out variables of your own, restart the notebook, and see that the task or space has a role."
        ),
        snippets: [
          bash(trans.__('What the environment names'), [
            comment('The names only; the token is a secret'),
            "env | cut -d= -f1 | grep '^AWS_CONTAINER_'"
          ])
        ]
      };
    case 'role':
      return {
        who: 'platform team',
        text: trans.__(
          "The instance metadata service names a role, but has no credentials for it: the role, or its trust in the instance's service, may have been taken away. See that the role is there, then stop and start the notebook."
        ),
        snippets: roleLooks(facts)
      };
  }
}

const roleLooks = (facts: FixContext) => {
  const { kind, name } = principalOf(facts.roleArn ?? '');
  return [
    bash(trans.__('The role, and whether the Region is enabled'), [
      guarded([
        ...(kind === 'role'
          ? [
              into('ROLE', aws('iam get-role', { 'role-name': name, query: 'Role.Arn', output: 'text' })),
              'echo "$ROLE"'
            ]
          : []),
        aws('account get-region-opt-status', { 'region-name': facts.region })
      ])
    ])
  ];
};
