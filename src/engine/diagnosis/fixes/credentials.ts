import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { principalOf } from '../../core/principal';
import { aws, bash, blanks, comment, guarded, into, raw, variable, word } from './shell';

/** Where credentials came from, in the words of the credentials chain. */
function sourceOf(evidence: Evidence, facts: FixContext): 'profile' | 'environment' | 'role' {
  const source = fact(evidence, 'source').toLowerCase();
  if (facts.profile !== '' || /profile|sso|config|credentials file/.test(source)) {
    return 'profile';
  }
  return /env/.test(source) ? 'environment' : 'role';
}

const profileOption = (facts: FixContext): Readonly<Record<string, string>> =>
  facts.profile === '' ? {} : { profile: facts.profile };

export function noCredentials(facts: FixContext): Fix {
  if (facts.profile !== '') {
    return {
      who: 'you',
      text: `The profile ${facts.profile} gives no credentials. Choose another profile in the settings, or set this one up; an empty profile means the notebook's own role.`,
      snippets: [
        bash('In a terminal', [
          comment('The profiles there are, and what this one says; no secret is printed'),
          "grep -h '^\\[' ~/.aws/config ~/.aws/credentials",
          aws('configure list', profileOption(facts))
        ]),
        signIn(facts)
      ]
    };
  }
  const instance = facts.notebookInstance;
  return {
    who: 'platform team',
    text: "Give the notebook an execution role, then restart it. On a SageMaker notebook instance the role is the instance's; on Amazon EC2 it is the instance profile.",
    snippets: [
      bash('SageMaker notebook instance', [
        guarded([
          ...blanks([
            ...(instance === undefined
              ? [{ name: 'NOTEBOOK', value: 'REPLACE', what: 'the notebook instance' }]
              : []),
            { name: 'ROLE_ARN', value: 'arn:aws:iam::REPLACE', what: 'the execution role' }
          ]),
          ...(instance === undefined ? [] : [`NOTEBOOK=${word(instance)}`]),
          comment('A role can be changed while the instance is stopped'),
          aws('sagemaker stop-notebook-instance', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          }),
          aws('sagemaker wait notebook-instance-stopped', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK')
          }),
          aws('sagemaker update-notebook-instance', {
            region: facts.region,
            'notebook-instance-name': variable('NOTEBOOK'),
            'role-arn': variable('ROLE_ARN')
          })
        ])
      ]),
      bash('EC2 instance', [
        guarded([
          ...blanks([
            { name: 'INSTANCE_ID', value: 'i-REPLACE', what: 'the instance' },
            { name: 'INSTANCE_PROFILE', value: 'REPLACE', what: 'the instance profile that holds the role' }
          ]),
          aws('ec2 associate-iam-instance-profile', {
            region: facts.region,
            'instance-id': variable('INSTANCE_ID'),
            'iam-instance-profile': raw('"Name=$INSTANCE_PROFILE"')
          })
        ])
      ])
    ]
  };
}

/** `aws sso login` is of AWS CLI version 2. */
const signIn = (facts: FixContext) =>
  bash('If the profile signs in through IAM Identity Center', [aws('sso login', profileOption(facts))]);

export function expiredCredentials(evidence: Evidence, facts: FixContext): Fix {
  switch (sourceOf(evidence, facts)) {
    case 'profile':
      return {
        who: 'you',
        text: `Sign in again, then check again: the credentials of ${facts.profile === '' ? 'the profile' : `profile ${facts.profile}`} have ended.`,
        snippets: [signIn(facts)]
      };
    case 'environment':
      return {
        who: 'you',
        text: 'The AWS_ variables in the environment of the Jupyter server hold credentials that have ended. Set new ones, or take the three variables out so that the role of the notebook is used; then restart the server.',
        snippets: [bash('Without them', ['unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'])]
      };
    case 'role':
      return {
        who: 'platform team',
        text: "The role's credentials are renewed by the notebook's own metadata service. Check again in a minute; if they stay expired, restart the notebook, and look at its clock.",
        snippets: []
      };
  }
}

export function invalidCredentials(evidence: Evidence, facts: FixContext): Fix {
  switch (sourceOf(evidence, facts)) {
    case 'profile':
      return {
        who: 'you',
        text: `Set up the credentials of ${facts.profile === '' ? 'the profile' : `profile ${facts.profile}`} again: AWS does not know the key, or the secret does not belong to it.`,
        snippets: [
          signIn(facts),
          bash('If the profile holds an access key', [aws('configure', profileOption(facts))])
        ]
      };
    case 'environment':
      return {
        who: 'you',
        text: 'AWS does not know the key in the AWS_ variables of the Jupyter server, or the three do not belong together. Set them again, or take them out so that the role of the notebook is used; then restart the server.',
        snippets: [bash('Without them', ['unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'])]
      };
    case 'role':
      return {
        who: 'platform team',
        text: 'AWS does not know the key that the notebook was given: its role may have been deleted and made again, or the Region is not enabled for the account. Stop and start the notebook, so that it gets new credentials.',
        snippets: roleLooks(facts)
      };
  }
}

const roleLooks = (facts: FixContext) => {
  const { kind, name } = principalOf(facts.roleArn ?? '');
  return [
    bash('The role, and whether the Region is enabled', [
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
