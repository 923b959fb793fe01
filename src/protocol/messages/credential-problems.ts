import type { Evidence } from './evidence';
import { stopped, type Trans } from './trans';

/** A sentence, and what the source itself says of it. */
const because = (sentence: string, { reason }: Evidence): string =>
  stopped(reason === undefined ? sentence : `${sentence}: ${reason}`);

/** How a source of credentials that is set up cannot be used: what is told of each. */
const SENTENCES = {
  secret_key_missing: (e, trans) =>
    e.profile === undefined
      ? trans.__('`AWS_ACCESS_KEY_ID` is set, but `AWS_SECRET_ACCESS_KEY` is not.')
      : trans.__(
          'The profile %1 lacks one of `aws_access_key_id` and `aws_secret_access_key`, or it is empty.',
          e.profile
        ),
  expiration_unreadable: (_, trans) =>
    trans.__('`AWS_CREDENTIAL_EXPIRATION` does not hold a time, such as 2030-01-31T12:00:00Z.'),
  container_address: (_, trans) =>
    trans.__(
      '`AWS_CONTAINER_CREDENTIALS_FULL_URI` must be an https address, or one of this machine or of the container agent, such as `http://169.254.170.2/v2/credentials`.'
    ),
  container_token_file: (_, trans) =>
    trans.__('The file that `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names cannot be read.'),
  container_token_lines: (_, trans) =>
    trans.__('The authorization token for the container credentials must be a single line.'),
  container_failed: (e, trans) =>
    trans.__('The container’s credentials service gave no credentials: %1.', e.reason ?? ''),
  container_garbage: (e, trans) =>
    because(trans.__('The answer of the container’s credentials service holds no credentials'), e),
  instance_failed: (e, trans) =>
    because(trans.__('The instance metadata service gave no credentials for the role %1', e.role ?? ''), e),
  // Roles
  role_no_source: (e, trans) =>
    trans.__(
      'The profile %1 names a role in `role_arn`, but neither `source_profile` nor `credential_source`: nothing says whose credentials ask for the role.',
      e.profile ?? ''
    ),
  role_two_sources: (e, trans) =>
    trans.__(
      'The profile %1 names both `source_profile` and `credential_source`; AWS accepts one.',
      e.profile ?? ''
    ),
  role_source_unknown: (e, trans) =>
    trans.__(
      'The profile %1 names the `credential_source` %2, which is none of Environment, EcsContainer and Ec2InstanceMetadata.',
      e.profile ?? '',
      e.named ?? ''
    ),
  role_source_empty: (e, trans) =>
    because(
      trans.__(
        'The profile %1 takes the credentials for its role from %2, which has none',
        e.profile ?? '',
        e.named ?? ''
      ),
      e
    ),
  source_profile_missing: (e, trans) =>
    trans.__(
      'The profile %1 names the `source_profile` %2, which is not there.',
      e.profile ?? '',
      e.named ?? ''
    ),
  source_profile_empty: (e, trans) =>
    trans.__(
      'The profile %1 names the `source_profile` %2, which has no credentials.',
      e.profile ?? '',
      e.named ?? ''
    ),
  role_loop: (e, trans) =>
    trans.__(
      'The `source_profile` of %1 leads back to %2, so that nobody’s credentials ask for the role.',
      e.profile ?? '',
      e.named ?? ''
    ),
  role_mfa: (e, trans) =>
    trans.__(
      'The profile %1 asks for a code of an MFA device (`mfa_serial`), which can be typed in a terminal only.',
      e.profile ?? ''
    ),
  sts_garbage: (_, trans) => trans.__('The answer of AWS STS holds no credentials.'),
  // Web identity
  role_missing: (e, trans) =>
    e.profile === undefined
      ? trans.__(
          '`AWS_WEB_IDENTITY_TOKEN_FILE` is set, but neither `AWS_ROLE_ARN` nor the profile’s `role_arn` is.'
        )
      : trans.__('The profile %1 has `web_identity_token_file`, but no `role_arn`.', e.profile),
  token_file_unreadable: (e, trans) =>
    trans.__('The file with the web identity token, %1, cannot be read.', e.path ?? ''),
  token_file_empty: (e, trans) =>
    trans.__('The file with the web identity token, %1, is empty.', e.path ?? ''),
  // IAM Identity Center
  sso_session_missing: (e, trans) =>
    trans.__(
      'The profile %1 names the `sso_session` %2, but there is no section `[sso-session %2]`.',
      e.profile ?? '',
      e.named ?? ''
    ),
  sso_conflict: (e, trans) =>
    trans.__(
      'The profile %1 and its `sso-session` give different values for `%2`.',
      e.profile ?? '',
      e.named ?? ''
    ),
  sso_incomplete: (e, trans) =>
    trans.__(
      'The profile %1 signs in through IAM Identity Center, but lacks: %2.',
      e.profile ?? '',
      e.named ?? ''
    ),
  sso_garbage: (_, trans) =>
    trans.__('The answer of the sign-in portal of IAM Identity Center holds no credentials.'),
  // Programs
  process_unreadable: (e, trans) =>
    trans.__(
      'The `credential_process` of the profile %1 is no command: it is empty, or a quotation mark is not closed.',
      e.profile ?? ''
    ),
  process_failed: (e, trans) =>
    e.code === undefined
      ? trans.__(
          'The program that `credential_process` names for the profile %1 ended with an error or is not there.',
          e.profile ?? ''
        )
      : e.reason === undefined
        ? trans.__(
            'The program that `credential_process` names for the profile %1 ended with exit status %2, without a word of why.',
            e.profile ?? '',
            e.code
          )
        : trans.__(
            'The program that `credential_process` names for the profile %1 ended with exit status %2: %3',
            e.profile ?? '',
            e.code,
            stopped(e.reason)
          ),
  process_garbage: (e, trans) =>
    because(
      trans.__(
        'The program that `credential_process` names for the profile %1 did not print credentials as JSON of `"Version": 1`',
        e.profile ?? ''
      ),
      e
    ),
  services_missing: (e, trans) =>
    trans.__(
      'The profile %1 names the section `[services %2]`, which is not there or is empty.',
      e.profile ?? '',
      e.named ?? ''
    )
} as const satisfies Readonly<Record<string, (e: Evidence, trans: Trans) => string>>;

export type CredentialProblem = keyof typeof SENTENCES;

export const CREDENTIAL_PROBLEMS = Object.keys(SENTENCES) as readonly CredentialProblem[];

/** Problems that variables can have as well: without a profile it is they. */
const OF_VARIABLES: readonly string[] = ['secret_key_missing', 'role_missing'];

/** The sentence; of a problem that another version knows, where it was met. */
export function problemSentence(e: Evidence, trans: Trans): string {
  const { problem = '', source = '' } = e;
  return Object.hasOwn(SENTENCES, problem)
    ? SENTENCES[problem as CredentialProblem](
        {
          ...e,
          ...(OF_VARIABLES.includes(problem) ? {} : { profile: e.profile ?? source }),
          named: e.named ?? trans.__('(no name)')
        },
        trans
      )
    : trans.__('The credentials of %1 cannot be used.', source);
}
