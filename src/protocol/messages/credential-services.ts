import { cause } from './cause';
import { policySentence } from './denial';
import type { Evidence } from './evidence';
import { hostWords, seconds } from './network';
import { sentences, stopped, type Trans } from './trans';

export const sourceSentence = ({ source }: Evidence, trans: Trans): string =>
  source === undefined ? '' : trans.__('Source of the credentials: %1.', source);

/** `the sign-in portal` at the beginning of a sentence. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How a service that hands out credentials was not reached. */
function unreachable(e: Evidence, trans: Trans): string {
  const who = [e.service ?? '', e.host ?? ''] as const;
  switch (e.problem) {
    case 'name':
      return trans.__(
        '%1 has to be asked for the credentials, but its name `%2` cannot be resolved.',
        ...who
      );
    case 'refused':
      return trans.__('%1 has to be asked for the credentials, but `%2` refuses the connection.', ...who);
    case 'cut':
      return trans.__('%1 has to be asked for the credentials, but the connection to `%2` is cut.', ...who);
    default:
      return trans.__('%1 has to be asked for the credentials, but there is no route to `%2`.', ...who);
  }
}

/** An interface endpoint there is for STS alone. */
function silentService(e: Evidence & { readonly host: string }, trans: Trans): string {
  const silent = trans.__(
    '%1 has to be asked for the credentials, but %2 does not answer.',
    e.service ?? '',
    hostWords(e, trans)
  );
  switch (e.service === 'AWS STS' ? e.addressClass : undefined) {
    case 'public':
      return sentences(
        silent,
        trans.__('Its interface endpoint is missing from this VPC, or its private DNS is off.')
      );
    case 'private':
      return sentences(silent, trans.__('Most likely its security group does not let this notebook in.'));
    default:
      return silent;
  }
}

const sourceAndLimit = (e: Evidence, trans: Trans): string =>
  sentences(
    sourceSentence(e, trans),
    e.waitedMs === undefined ? '' : trans.__('The limit is %1.', seconds(e.waitedMs, trans))
  );

/** The services that hand out credentials: STS, and the sign-in portals. Not CodeArtifact. */
export const CREDENTIAL_SERVICE_CAUSES = {
  /** STS, or the sign-in portal, on the way to credentials: not CodeArtifact. */
  credential_service_unreachable: cause({
    verdict: 'no_credentials',
    needs: ['source', 'service', 'host', 'problem'],
    may: ['profile', 'kind', 'waitedMs', 'code'],
    who: 'platform team',
    headline: (e, trans) => trans.__('%1 cannot be reached', capital(e.service)),
    sentence: (e, trans) => capital(unreachable(e, trans)),
    detail: sourceAndLimit
  }),
  /** The same, where packets are lost without a word. */
  credential_service_silent: cause({
    verdict: 'timeout',
    needs: ['source', 'service', 'host'],
    may: ['profile', 'kind', 'waitedMs', 'code', 'addressClass', 'addresses'],
    who: 'network administrator',
    headline: (e, trans) => trans.__('%1 does not answer', capital(e.service)),
    sentence: (e, trans) => capital(silentService(e, trans)),
    detail: sourceAndLimit
  }),
  /** STS refuses the role: its trust policy, or the policies of who asks. */
  role_denied: cause({
    verdict: 'access_denied',
    needs: ['source', 'role'],
    may: ['profile', 'kind', 'principal', 'signedBy', 'explicit', 'policyType', 'via', 'policyArn'],
    who: 'identity administrator',
    headline: (_, trans) => trans.__('AWS STS refuses the role'),
    sentence: (e, trans) => {
      const who = [e.principal ?? e.signedBy ?? trans.__('the caller'), e.role] as const;
      if (e.kind === 'web-identity') {
        return trans.__(
          'AWS STS does not give the role %1 for this web identity token: the role’s trust policy does not let it, or the policy of the interface endpoint for AWS STS.',
          e.role
        );
      }
      const own = e.policyType === undefined || ['unknown', 'identity', 'resource'].includes(e.policyType);
      return sentences(
        trans.__('AWS STS does not let %1 assume the role %2.', ...who),
        own
          ? trans.__('The role’s trust policy and the caller’s own policy must both allow it.')
          : policySentence({ ...e, action: 'sts:AssumeRole' }, trans)
      );
    },
    detail: sourceSentence
  }),
  role_rejected: cause({
    verdict: 'no_credentials',
    needs: ['source', 'role'],
    may: ['profile', 'kind', 'message'],
    who: 'you',
    headline: (_, trans) => trans.__('AWS STS rejects the request for the role'),
    sentence: (e, trans) =>
      e.message === undefined
        ? trans.__('AWS STS gives no credentials for the role %1.', e.role)
        : trans.__('AWS STS gives no credentials for the role %1: %2', e.role, stopped(e.message)),
    detail: sourceSentence
  }),
  web_identity_rejected: cause({
    verdict: 'expired_credentials',
    needs: ['source', 'role'],
    may: ['profile', 'kind', 'message'],
    who: 'platform team',
    headline: (_, trans) => trans.__('The web identity token is not accepted'),
    sentence: (e, trans) =>
      trans.__(
        'AWS STS does not accept the token of the web identity for the role %1: it has expired, or its issuer is not the one that the role trusts.',
        e.role
      ),
    detail: (e, trans) =>
      sentences(
        sourceSentence(e, trans),
        e.error === undefined ? '' : trans.__('AWS says: %1', stopped(e.message ?? e.error))
      )
  }),
  /** The sign-in is good, but the role of the profile is not one of the user's. */
  sign_in_role_denied: cause({
    verdict: 'access_denied',
    needs: ['source', 'profile', 'role', 'account'],
    who: 'identity administrator',
    headline: (_, trans) => trans.__('IAM Identity Center refuses the role'),
    sentence: (e, trans) =>
      trans.__(
        'You are signed in, but IAM Identity Center does not give you the role %1 in the account %2, which the profile %3 names.',
        e.role,
        e.account,
        e.profile
      )
  })
};
