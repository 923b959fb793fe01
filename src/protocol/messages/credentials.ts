import { cause, type Place } from './cause';
import type { Evidence } from './evidence';
import { seconds } from './network';
import { utcTime } from './time-words';
import { sentences, type Trans } from './trans';

/** How a source of credentials that is set up cannot be used. */
export const CREDENTIAL_PROBLEMS = [
  'secret_key_missing',
  'expiration_unreadable',
  'container_address',
  'container_token_file',
  'container_token_lines',
  'container_failed',
  'container_garbage',
  'role_missing',
  'token_file_unreadable',
  'instance_failed',
  'process_failed',
  'profile_incomplete'
] as const;

export type CredentialProblem = (typeof CREDENTIAL_PROBLEMS)[number];

function unusable(e: Evidence, trans: Trans): string {
  switch (e.problem as CredentialProblem) {
    case 'secret_key_missing':
      return e.profile === undefined
        ? trans.__('`AWS_ACCESS_KEY_ID` is set, but `AWS_SECRET_ACCESS_KEY` is not.')
        : trans.__('The profile %1 has `aws_access_key_id`, but no `aws_secret_access_key`.', e.profile);
    case 'expiration_unreadable':
      return trans.__('`AWS_CREDENTIAL_EXPIRATION` does not hold a time, such as 2030-01-31T12:00:00Z.');
    case 'container_address':
      return trans.__(
        '`AWS_CONTAINER_CREDENTIALS_FULL_URI` must be an https address, or one of this machine or of the container agent, such as `http://169.254.170.2/v2/credentials`.'
      );
    case 'container_token_file':
      return trans.__('The file that `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names cannot be read.');
    case 'container_token_lines':
      return trans.__('The authorization token for the container credentials must be a single line.');
    case 'container_failed':
      return trans.__('The container’s credentials service gave no credentials: %1.', e.reason ?? '');
    case 'container_garbage':
      return trans.__('The answer of the container’s credentials service holds no credentials.');
    case 'role_missing':
      return trans.__('`AWS_WEB_IDENTITY_TOKEN_FILE` is set, but `AWS_ROLE_ARN` is not.');
    case 'token_file_unreadable':
      return trans.__('The file that `AWS_WEB_IDENTITY_TOKEN_FILE` names cannot be read.');
    case 'instance_failed':
      return trans.__('The instance metadata service gave no credentials for the role %1.', e.role ?? '');
    case 'process_failed':
      return trans.__(
        'The program that `credential_process` names for the profile %1 gave no credentials.',
        e.profile ?? ''
      );
    default:
      return trans.__(
        'The %1 gave no credentials: its settings are not complete or name something that is not there.',
        e.source ?? ''
      );
  }
}

function ended(e: Evidence, trans: Trans, { time = utcTime }: Place): string {
  const at = Date.parse(e.expiresAt ?? '');
  const when = Number.isNaN(at) ? '' : time(at);
  if (e.kind === 'sso') {
    return trans.__(
      'The sign-in to IAM Identity Center for the profile %1 has expired or was never made.',
      e.profile ?? ''
    );
  }
  if (e.kind === 'login') {
    return trans.__(
      'The sign-in by `aws login` for the profile %1 has expired or was never made.',
      e.profile ?? ''
    );
  }
  if (e.profile !== undefined) {
    return when === ''
      ? trans.__('The credentials of profile %1 have expired.', e.profile)
      : trans.__('The credentials of profile %1 ended at %2.', e.profile, when);
  }
  return when === ''
    ? trans.__('The AWS credentials of this notebook have expired.')
    : trans.__('The credentials of this notebook ended at %1.', when);
}

const sourceSentence = ({ source }: Evidence, trans: Trans): string =>
  source === undefined ? '' : trans.__('They come from: %1.', source);

/** Who this notebook is to AWS: botocore's chain of sources. */
export const CREDENTIAL_CAUSES = {
  /** No source of the chain is set up. */
  credentials_none: cause({
    verdict: 'no_credentials',
    needs: ['tried'],
    sentence: (_, trans) => trans.__('This notebook has no role, and no profile is set.'),
    detail: (e, trans) =>
      e.tried.length === 0
        ? ''
        : trans.__('Sources tried: %1.', e.tried.map(one => `${one.source} (${one.reason})`).join('; '))
  }),
  credentials_not_sent: cause({
    verdict: 'no_credentials',
    needs: [],
    sentence: (_, trans) => trans.__('The request went to AWS without credentials.')
  }),
  profile_missing: cause({
    verdict: 'no_credentials',
    needs: ['profile', 'namedBy'],
    may: ['profiles', 'path'],
    who: 'you',
    sentence: (e, trans) =>
      trans.__(
        'The profile %1, which %2 names, is neither in `~/.aws/config` nor in `~/.aws/credentials`.',
        e.profile,
        e.namedBy
      )
  }),
  /** A source is set up, but unusable. */
  credentials_invalid: cause({
    verdict: 'no_credentials',
    needs: ['source', 'problem'],
    may: ['profile', 'kind', 'path', 'signIn', 'role', 'reason', 'httpStatus'],
    headline: (_, trans) => trans.__('AWS credentials cannot be used'),
    sentence: unusable
  }),
  credentials_silent: cause({
    verdict: 'timeout',
    needs: ['source', 'waitedMs'],
    may: ['profile', 'kind', 'path', 'signIn'],
    sentence: (e, trans) =>
      trans.__('The %1 gave no credentials within %2.', e.source, seconds(e.waitedMs, trans))
  }),
  credentials_expired: cause({
    verdict: 'expired_credentials',
    needs: [],
    may: ['profile', 'kind', 'path', 'signIn', 'role', 'expiresAt', 'reason'],
    sentence: ended,
    detail: (e, trans) =>
      sentences(
        sourceSentence(e, trans),
        e.reason === undefined ? '' : trans.__('There are no new ones: %1.', e.reason)
      )
  }),
  /** AWS knows neither the key nor its signature. */
  credentials_rejected: cause({
    verdict: 'expired_credentials',
    needs: [],
    headline: (_, trans) => trans.__('AWS does not accept the credentials'),
    sentence: (_, trans) => trans.__('The access key or its signature is not valid.'),
    detail: sourceSentence
  })
};
