import { cause, type Place } from './cause';
import { problemSentence } from './credential-problems';
import { sourceSentence } from './credential-services';
import type { Evidence } from './evidence';
import { seconds } from './network';
import { utcTime } from './time-words';
import { said, sentences, type Trans } from './trans';

export { CREDENTIAL_PROBLEMS, type CredentialProblem } from './credential-problems';

/** Signing in is not what a program's or a service's credentials want. */
const signInName = ({ kind }: Evidence, trans: Trans): string | undefined =>
  kind === 'sso'
    ? trans.__('to IAM Identity Center')
    : kind === 'login'
      ? trans.__('by `aws login`')
      : undefined;

function ended(e: Evidence, trans: Trans, { time = utcTime }: Place): string {
  const at = Date.parse(e.expiresAt ?? '');
  const when = Number.isNaN(at) ? '' : time(at);
  const how = signInName(e, trans);
  if (how !== undefined) {
    return when === ''
      ? trans.__('The sign-in %1 for the profile %2 has expired or was never made.', how, e.profile ?? '')
      : trans.__('The sign-in %1 for the profile %2 ended at %3.', how, e.profile ?? '', when);
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

/** By which rule a line of ~/.aws/config is none. */
function unparsable(e: Evidence, trans: Trans): string {
  const at = [e.path ?? '', String(e.line ?? '')] as const;
  switch (e.problem) {
    case 'no_section':
      return trans.__('In `%1`, no section such as `[default]` stands above line %2.', ...at);
    case 'section_twice':
      return trans.__('In `%1`, the section of line %2 stands twice.', ...at);
    case 'option_twice':
      return trans.__('In `%1`, the setting of line %2 stands twice in its section.', ...at);
    case 'block_without_value':
      return trans.__('In `%1`, an indented line below line %2 has no `=`.', ...at);
    default:
      return trans.__('In `%1`, line %2 is not `name = value`.', ...at);
  }
}

/** No source has any: what was chosen, and whether the service that knows the notebook's role has answered. */
function none(e: Evidence, trans: Trans): string {
  const { reason = '' } = e.tried?.find(({ source }) => source === 'instance role') ?? {};
  const answered = !/HTTP status|no answer within/.test(reason);
  if (e.profile !== undefined) {
    return answered
      ? trans.__(
          'The profile %1, which %2 names, has no credentials, and this notebook has no role.',
          e.profile,
          e.namedBy ?? ''
        )
      : trans.__(
          'The profile %1, which %2 names, has no credentials, and the instance metadata service does not tell the role of this notebook.',
          e.profile,
          e.namedBy ?? ''
        );
  }
  return answered
    ? trans.__('This notebook has no role, and no profile is set.')
    : trans.__(
        'No profile is set, and the instance metadata service does not tell the role of this notebook.'
      );
}

/** Who this notebook is to AWS: botocore's chain of sources. */
export const CREDENTIAL_CAUSES = {
  /** No source of the chain is set up. */
  credentials_none: cause({
    verdict: 'no_credentials',
    needs: ['tried'],
    may: ['profile', 'namedBy'],
    sentence: none,
    detail: (e, trans) =>
      e.tried.length === 0
        ? ''
        : trans.__(
            'Sources tried: %1.',
            e.tried
              .map(one => trans.__('%1 (%2)', said(one.source, trans), said(one.reason, trans)))
              .join('; ')
          )
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
      ),
    detail: (e, trans) =>
      e.profiles === undefined || e.profiles.length === 0
        ? ''
        : trans.__('There are: %1.', e.profiles.join(', '))
  }),
  /** botocore reads the files first of all, and stops at such a line. */
  aws_config_unparsable: cause({
    verdict: 'no_credentials',
    needs: ['path', 'line', 'problem'],
    who: 'you',
    headline: (_, trans) => trans.__('The AWS configuration file cannot be read'),
    sentence: unparsable
  }),
  /** A source is set up, but unusable. */
  credentials_invalid: cause({
    verdict: 'no_credentials',
    needs: ['source', 'problem'],
    may: ['profile', 'kind', 'path', 'signIn', 'role', 'reason', 'code', 'httpStatus', 'named'],
    headline: (_, trans) => trans.__('AWS credentials cannot be used'),
    sentence: problemSentence
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
    headline: (e, trans) =>
      signInName(e, trans) === undefined
        ? trans.__('AWS credentials have expired')
        : trans.__('You are not signed in to AWS'),
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
    may: ['profile', 'kind', 'role'],
    headline: (_, trans) => trans.__('AWS does not accept the credentials'),
    sentence: (e, trans) =>
      e.service === undefined
        ? trans.__('The access key or its signature is not valid.')
        : trans.__(
            '%1 does not accept the access key, or its signature, that asks for the role %2.',
            e.service,
            e.role ?? ''
          ),
    detail: sourceSentence
  })
};
