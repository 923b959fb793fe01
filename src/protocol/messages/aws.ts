import { cause } from './cause';
import { deniedDetail, deniedHeadline, deniedSentence } from './denial';
import { skewWords } from './time-words';
import { sentences } from './trans';

const DENIAL = ['explicit', 'action', 'principal', 'resource', 'policyArn', 'via', 'message'] as const;

/** What AWS's API answers. */
export const AWS_CAUSES = {
  denied: cause({
    verdict: 'access_denied',
    needs: ['policyType'],
    may: DENIAL,
    headline: deniedHeadline,
    sentence: deniedSentence,
    detail: deniedDetail
  }),
  not_found: cause({
    verdict: 'not_found',
    needs: [],
    may: ['resourceType', 'resourceId', 'message'],
    headline: (e, trans) => {
      const name = e.resourceId?.split('/').pop() ?? '';
      if (e.resourceType === 'domain') {
        return name === '' ? trans.__('Domain not found') : trans.__('Domain %1 not found', name);
      }
      if (e.resourceType === undefined || e.resourceType === 'repository') {
        return name === '' ? trans.__('Repository not found') : trans.__('Repository %1 not found', name);
      }
      return name === ''
        ? trans.__('Not found: %1', e.resourceType)
        : trans.__('Not found: %1 %2', e.resourceType, name);
    },
    sentence: (_, trans) =>
      trans.__(
        'AWS answers, but knows no such name there. Check its spelling, the domain’s owner and the Region.'
      ),
    detail: (e, trans) => (e.message === undefined ? '' : trans.__('AWS says: %1', e.message))
  }),
  throttled: cause({
    verdict: 'throttled',
    needs: [],
    may: ['retryAfterSeconds'],
    sentence: (e, trans) =>
      e.service === undefined
        ? trans.__('Many notebooks are connecting at once. Nothing to do here.')
        : trans.__('More requests for credentials than %1 accepts at once. Nothing to do here.', e.service),
    detail: (e, trans) =>
      e.retryAfterSeconds === undefined
        ? ''
        : trans.__('AWS accepts the next call in %1\u00a0s.', e.retryAfterSeconds)
  }),
  kms_key: cause({
    verdict: 'service_error',
    needs: ['reason'],
    who: 'identity administrator',
    headline: (_, trans) => trans.__('The domain’s KMS key cannot be used'),
    sentence: (_, trans) =>
      trans.__('The key is disabled or deleted, or its policy does not let CodeArtifact use it.')
  }),
  aws_fault: cause({
    verdict: 'service_error',
    needs: ['status'],
    may: ['retryAfterSeconds'],
    sentence: (e, trans) =>
      e.host === undefined
        ? trans.__('AWS answers with an error of its own (HTTP %1). It usually passes.', e.status)
        : trans.__('`%1` answers with an error of its own (HTTP %2). It usually passes.', e.host, e.status)
  }),
  rejected: cause({
    verdict: 'service_error',
    needs: ['status'],
    may: ['message', 'reason'],
    who: 'you',
    headline: (_, trans) => trans.__('AWS rejects the request'),
    sentence: (e, trans) =>
      e.service !== undefined
        ? trans.__(
            'The request for credentials is rejected by %1 (HTTP %2): %3',
            e.service,
            e.status,
            e.message ?? e.error ?? ''
          )
        : e.message === undefined
          ? trans.__('AWS rejects the request (HTTP %1).', e.status)
          : trans.__('AWS rejects the request (HTTP %1): %2', e.status, e.message)
  }),
  /** ValidationException: a setting of ours that only AWS can judge. */
  value_rejected: cause({
    verdict: 'invalid_settings',
    needs: [],
    may: ['message', 'reason'],
    sentence: (e, trans) =>
      e.message === undefined
        ? trans.__('AWS rejects the request: a value is not valid.')
        : trans.__('AWS rejects the request: %1', e.message)
  }),
  // 402 ServiceQuotaExceededException
  quota_exceeded: cause({
    verdict: 'service_error',
    needs: [],
    may: ['message'],
    who: 'platform team',
    headline: (_, trans) => trans.__('A service quota is used up'),
    sentence: (_, trans) => trans.__('A service quota of CodeArtifact is used up.'),
    detail: (e, trans) => (e.message === undefined ? '' : trans.__('AWS says: %1', e.message))
  }),
  /** AWS accepts a difference of 5 minutes (IAM guide, "Troubleshoot Signature Version 4"). */
  clock_skewed: cause({
    verdict: 'clock_skew',
    needs: ['skewSeconds'],
    headline: (e, trans) => skewWords(e.skewSeconds, trans),
    sentence: (_, trans) =>
      trans.__('AWS refuses requests whose time is more than 5 min off. The time comes from this machine.')
  }),
  token_ended: cause({
    verdict: 'clock_skew',
    needs: [],
    sentence: (_, trans) => trans.__('By the clock of this machine, the new token has already expired.')
  }),
  index_unauthorized: cause({
    verdict: 'expired_credentials',
    needs: ['host', 'status'],
    headline: (_, trans) => trans.__('The token is not accepted'),
    sentence: (_, trans) =>
      trans.__(
        'The package index does not accept the token (HTTP 401): it has expired, or is of another Region or domain.'
      )
  }),
  index_denied: cause({
    verdict: 'access_denied',
    needs: ['host', 'status', 'policyType', 'action'],
    may: [...DENIAL, 'repository'],
    headline: deniedHeadline,
    sentence: deniedSentence,
    detail: (e, trans) =>
      sentences(
        e.repository === undefined
          ? trans.__('The package index refuses the read (HTTP %1).', e.status)
          : trans.__('The package index refuses to read repository %1 (HTTP %2).', e.repository, e.status),
        deniedDetail(e, trans)
      )
  }),
  // 401 and 404 both have been reported for a token that is not valid.
  index_not_found: cause({
    verdict: 'not_found',
    needs: ['host', 'status'],
    may: ['repository'],
    headline: (e, trans) =>
      e.repository === undefined
        ? trans.__('Repository not found')
        : trans.__('Repository %1 not found', e.repository),
    sentence: (_, trans) =>
      trans.__(
        'The package index answers “not found” (HTTP 404): the name is wrong, or the token may not see the repository.'
      )
  })
};
