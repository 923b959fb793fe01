import { cause } from './cause';
import { tlsFailedAt } from './headlines';
import { codeSentence, hostWords, portOf, seconds } from './network';

const SHOWN = [
  'addressClass',
  'addresses',
  'waitedMs',
  'code',
  'issuer',
  'subject',
  'validFrom',
  'validTo',
  'certificateNames'
] as const;

/** The handshake and the certificate: OpenSSL's and Node's codes. */
export const TLS_CAUSES = {
  tls_reset: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    headline: (_, trans, { check }) => tlsFailedAt(trans, check),
    sentence: (e, trans) =>
      trans.__(
        'The connection to `%1` was cut when TLS began: something on the way does not let this name through.',
        e.host
      ),
    detail: codeSentence
  }),
  tls_silent: cause({
    verdict: 'timeout',
    needs: ['host'],
    may: SHOWN,
    sentence: (_, trans) =>
      trans.__(
        'The connection opens, but TLS never starts. Most likely a firewall on the way drops large packets or this name.'
      ),
    detail: (e, trans) =>
      e.waitedMs === undefined
        ? trans.__(
            '%1 accepts the connection on port %2, but then does not answer.',
            hostWords(e, trans),
            portOf(e)
          )
        : trans.__(
            '%1 accepts the connection on port %2, but then does not answer in %3.',
            hostWords(e, trans),
            portOf(e),
            seconds(e.waitedMs, trans)
          )
  }),
  tls_name_mismatch: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    sentence: (e, trans) =>
      e.certificateNames === undefined
        ? trans.__('The certificate shown is not for `%1`: the name leads to the wrong place.', e.host)
        : trans.__(
            'The certificate shown is not for `%1`, but for %2: the name leads to the wrong place.',
            e.host,
            e.certificateNames
          )
  }),
  tls_untrusted: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    who: 'platform team',
    sentence: (e, trans) =>
      e.issuer === undefined
        ? trans.__('The certificate of `%1` is from an issuer that this notebook does not trust.', e.host)
        : trans.__(
            'The certificate there was issued by %1, which this notebook does not trust. Most likely something inspects the traffic on the way.',
            e.issuer
          ),
    detail: codeSentence
  }),
  tls_expired: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    who: 'platform team',
    sentence: (e, trans) =>
      trans.__(
        'The certificate of `%1` is not valid at this notebook’s time. Most likely the clock is wrong.',
        e.host
      ),
    detail: codeSentence
  }),
  tls_not_tls: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    headline: (_, trans, { check }) => tlsFailedAt(trans, check),
    sentence: (e, trans) => trans.__('What answers at `%1` on port %2 does not speak TLS.', e.host, portOf(e))
  }),
  tls_old_version: cause({
    verdict: 'tls',
    needs: ['host'],
    may: SHOWN,
    headline: (_, trans, { check }) => tlsFailedAt(trans, check),
    sentence: (e, trans) =>
      trans.__('What answers at `%1` speaks only TLS versions that are no longer accepted.', e.host)
  }),
  /** AWS_CA_BUNDLE and its like. `problem`: `unreadable` or `no_certificate`. */
  ca_bundle: cause({
    verdict: 'tls',
    needs: ['path', 'source', 'problem'],
    who: 'platform team',
    headline: (_, trans) => trans.__('The certificate file cannot be used'),
    sentence: (e, trans) =>
      e.problem === 'unreadable'
        ? trans.__('The certificate file `%1`, which %2 names, cannot be read.', e.path, e.source)
        : trans.__('The certificate file `%1`, which %2 names, holds no certificate.', e.path, e.source)
  })
};
