import { CHECKS } from '../checks';
import { cause } from './cause';
import type { Evidence } from './evidence';
import { atCredentials, codeSentence, silenceDetail } from './network';
import { sentences, type Trans } from './trans';

const PROBE = ['addressClass', 'addresses', 'waitedMs', 'code', 'issuer', 'certificateNames'] as const;

const PROXY = [...PROBE, 'results', 'through', 'for', 'proxyProblem'] as const;

export const statusSentence = ({ status }: Evidence, trans: Trans): string =>
  status === undefined ? '' : trans.__('Answer: HTTP %1.', status);

const answerDetail = (evidence: Evidence, trans: Trans): string =>
  sentences(
    statusSentence(evidence, trans),
    evidence.server === undefined ? '' : trans.__('Server: “%1”.', evidence.server),
    codeSentence(evidence, trans)
  );

const login = (_: unknown, trans: Trans): string => trans.__('The proxy asks for a user name');

/** The web's own level: silence, strangers' answers, and proxies on the way. */
export const HTTP_CAUSES = {
  http_silent: cause({
    verdict: 'timeout',
    needs: ['host'],
    may: PROBE,
    sentence: (_, trans, place) =>
      atCredentials(place)
        ? trans.__('The service that gives this notebook its credentials does not answer.')
        : place.check === 'index'
          ? trans.__(
              'The repository endpoint takes the connection, but the package index does not answer, so pip would hang.'
            )
          : trans.__('The connection is up, but the API does not answer the request in time.'),
    detail: silenceDetail
  }),
  http_proxy_page: cause({
    verdict: 'proxy',
    needs: ['host', 'status'],
    may: PROBE,
    sentence: (e, trans) =>
      trans.__(
        'A web page came in place of the answer of `%1`: a proxy stands between this notebook and the endpoint.',
        e.host
      ),
    detail: answerDetail
  }),
  /** A refusal that does not bear AWS's request id. */
  http_stranger: cause({
    verdict: 'proxy',
    needs: ['host', 'status'],
    sentence: (e, trans) => trans.__('Something other than AWS answered in place of `%1`.', e.host),
    detail: answerDetail
  }),
  http_proxy_auth: cause({
    verdict: 'proxy',
    needs: ['host', 'status'],
    may: ['proxy', 'proxyVariable'],
    headline: login,
    sentence: (e, trans) =>
      e.proxy !== undefined && e.proxyVariable !== undefined
        ? trans.__('The proxy `%1` (%2) asks for a user name and password.', e.proxy, e.proxyVariable)
        : trans.__('A proxy on the way to `%1` asks for a user name and password.', e.host),
    detail: statusSentence
  }),
  /** CONNECT answered with a refusal. */
  proxy_no_tunnel: cause({
    verdict: 'proxy',
    needs: ['host'],
    may: [...PROXY, 'proxy', 'proxyVariable'],
    headline: (_, trans) => trans.__('The proxy refuses the connection'),
    sentence: (e, trans) =>
      e.proxy !== undefined && e.proxyVariable !== undefined
        ? trans.__(
            'The proxy `%1` (%2) does not open a connection to `%3`.',
            e.proxy,
            e.proxyVariable,
            e.host
          )
        : trans.__('A proxy does not open a connection to `%1`.', e.host),
    detail: answerDetail
  }),
  // On the way to the proxy: nothing about the endpoint is known.
  proxy_unknown: cause({
    verdict: 'dns',
    needs: ['host', 'proxy', 'proxyVariable', 'for'],
    may: PROXY,
    who: 'platform team',
    headline: (_, trans) => trans.__('Name not found for the proxy'),
    sentence: (e, trans) =>
      trans.__(
        'The proxy `%1`, which %2 names for `%3`, cannot be used: its name cannot be looked up.',
        e.proxy,
        e.proxyVariable,
        e.for
      ),
    detail: codeSentence
  }),
  proxy_silent: cause({
    verdict: 'timeout',
    needs: ['host', 'proxy', 'proxyVariable', 'for'],
    may: PROXY,
    who: 'platform team',
    headline: (_, trans) => trans.__('Timeout at the proxy'),
    sentence: (e, trans) =>
      trans.__(
        'The proxy `%1`, which %2 names for `%3`, cannot be used: it does not answer.',
        e.proxy,
        e.proxyVariable,
        e.for
      ),
    detail: silenceDetail
  }),
  proxy_unreachable: cause({
    verdict: 'refused',
    needs: ['host', 'proxy', 'proxyVariable', 'for'],
    may: PROXY,
    who: 'platform team',
    headline: (_, trans) => trans.__('Refused at the proxy'),
    sentence: (e, trans) =>
      trans.__(
        'The proxy `%1`, which %2 names for `%3`, cannot be used: the connection is refused.',
        e.proxy,
        e.proxyVariable,
        e.for
      ),
    detail: codeSentence
  }),
  http_garbage: cause({
    verdict: 'service_error',
    needs: [],
    may: PROBE,
    who: 'platform team',
    headline: (_, trans) => trans.__('The answer is not AWS’s'),
    sentence: (e, trans, { check }) =>
      check !== undefined && CHECKS[check].hop === 'index'
        ? trans.__('What answers in place of the package index is none.')
        : e.host === undefined
          ? trans.__('What answered does not speak as AWS’s API does.')
          : trans.__('`%1` answered, but not as AWS’s API does.', e.host),
    detail: answerDetail
  })
};
