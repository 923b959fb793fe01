import { CHECKS } from '../checks';
import { cause, type Place } from './cause';
import type { Evidence } from './evidence';
import { nameNotResolvedFor } from './headlines';
import { sentences, type Trans } from './trans';

const PROBE = ['addressClass', 'addresses', 'results', 'waitedMs', 'code', 'through', 'for'] as const;

/** HTTPS, where nothing else was asked for. */
export const portOf = ({ port }: Evidence): number => port ?? 443;

/** "3.3 s". */
export const seconds = (ms: number, trans: Trans): string =>
  trans.__('%1\u00a0s', (Math.round(ms / 100) / 10).toString());

export const codeSentence = ({ code }: Evidence, trans: Trans): string =>
  code === undefined ? '' : trans.__('Error code: %1.', code);

/** "10.0.1.41 and 2 more": never a wall of numbers in a sentence. */
function someAddresses({ addresses = [] }: Evidence, trans: Trans): string {
  const [first] = addresses;
  if (first === undefined) {
    return '';
  }
  return addresses.length === 1
    ? first.address
    : trans.__('%1 and %2 more', first.address, addresses.length - 1);
}

/** "public address 54.239.55.167"; a timeout always says which of the two it is. */
export function addressWords(evidence: Evidence, trans: Trans): string {
  const some = someAddresses(evidence, trans);
  switch (evidence.addressClass) {
    case 'public':
      return some === '' ? trans.__('public address') : trans.__('public address %1', some);
    case 'private':
      return some === '' ? trans.__('private address') : trans.__('private address %1', some);
    case 'loopback':
      return some === '' ? trans.__('this machine') : trans.__('this machine, %1', some);
    default:
      return some;
  }
}

/** A host with where its name leads, as far as that is known. */
export function hostWords(evidence: Evidence & { readonly host: string }, trans: Trans): string {
  const words = addressWords(evidence, trans);
  return words === '' ? `\`${evidence.host}\`` : trans.__('`%1` (%2)', evidence.host, words);
}

/** Who did not answer, on which port, and for how long it was waited for. */
export function silenceDetail(evidence: Evidence & { readonly host: string }, trans: Trans): string {
  const host = hostWords(evidence, trans);
  return evidence.waitedMs === undefined
    ? trans.__('No answer from %1 on port %2.', host, portOf(evidence))
    : trans.__(
        'No answer from %1 on port %2 in %3.',
        host,
        portOf(evidence),
        seconds(evidence.waitedMs, trans)
      );
}

/** The services that give credentials are no endpoint of CodeArtifact's. */
export const atCredentials = ({ check }: Place): boolean =>
  check !== undefined && CHECKS[check].hop === 'credentials';

const refusalDetail = (evidence: Evidence & { readonly host: string }, trans: Trans): string =>
  sentences(
    addressWords(evidence, trans) === ''
      ? ''
      : trans.__('The name leads to: %1.', addressWords(evidence, trans)),
    codeSentence(evidence, trans)
  );

/** Names, addresses and connections: node:dns Resolver codes, getaddrinfo, connect(2). */
export const NETWORK_CAUSES = {
  dns_not_found: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) => trans.__('The name `%1` does not exist for this notebook’s resolver.', e.host)
  }),
  dns_no_data: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) =>
      trans.__('The name `%1` exists, but has no address of the kind asked for.', e.host)
  }),
  dns_refused: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) => trans.__('The resolver refused to look up `%1`, or failed to.', e.host),
    detail: codeSentence
  }),
  dns_silent: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    headline: (_, trans, { check }) => nameNotResolvedFor(trans, check),
    sentence: (e, trans) =>
      e.waitedMs === undefined
        ? trans.__('This notebook’s resolver did not answer for `%1`.', e.host)
        : trans.__(
            'This notebook’s resolver did not answer for `%1` in %2.',
            e.host,
            seconds(e.waitedMs, trans)
          )
  }),
  dns_server_unreachable: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    headline: (_, trans, { check }) => nameNotResolvedFor(trans, check),
    sentence: (_, trans) => trans.__('The resolver that this notebook is set to use cannot be reached.'),
    detail: codeSentence
  }),
  // getaddrinfo's EAI_AGAIN: it cannot tell a silent resolver from a refusing one.
  dns_unclear: cause({
    verdict: 'dns',
    needs: ['host'],
    may: PROBE,
    headline: (_, trans, { check }) => nameNotResolvedFor(trans, check),
    sentence: (e, trans) =>
      trans.__('The resolver gave no usable answer for `%1`; the system does not say why.', e.host),
    detail: codeSentence
  }),
  tcp_silent: cause({
    verdict: 'timeout',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans, place) => {
      if (atCredentials(place)) {
        return trans.__('The service that gives this notebook its credentials does not answer.');
      }
      if (place.check === 'tcp.repository' && place.root) {
        return trans.__(
          'The API works and gave a token, but pip would hang: the second endpoint does not answer.'
        );
      }
      switch (e.addressClass) {
        case 'public':
          return trans.__(
            'The name leads to a public address: the endpoint is missing from this VPC, or its private DNS is off.'
          );
        case 'private':
          return trans.__(
            'The endpoint is there, but nothing answers. Most likely its security group does not let this notebook in.'
          );
        case 'loopback':
          return trans.__('The name leads to this machine itself, and nothing answers there.');
        default:
          return trans.__('The endpoint does not answer.');
      }
    },
    detail: silenceDetail
  }),
  tcp_refused: cause({
    verdict: 'refused',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) =>
      trans.__(
        '`%1` refused the connection on port %2: something is there, but it is not the endpoint.',
        e.host,
        portOf(e)
      ),
    detail: refusalDetail
  }),
  tcp_no_route: cause({
    verdict: 'refused',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) => trans.__('This notebook has no route to `%1`.', e.host),
    detail: refusalDetail
  }),
  tcp_forbidden_here: cause({
    verdict: 'refused',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) => trans.__('This notebook itself forbids connections to `%1`.', e.host),
    detail: refusalDetail
  }),
  tcp_reset: cause({
    verdict: 'refused',
    needs: ['host'],
    may: PROBE,
    sentence: (e, trans) => trans.__('The connection to `%1` on port %2 was cut.', e.host, portOf(e)),
    detail: refusalDetail
  })
};
