import { CHECKS } from '../checks';
import type { Place, Words } from './cause';
import { type EvidenceFor, type Field, probedAddresses } from './evidence';
import { offset } from './time-words';
import type { Trans } from './trans';

interface WarningDeclaration<E> {
  readonly needs: readonly Field[];
  readonly headline?: Words<E>;
  readonly sentence: Words<E>;
  readonly detail?: Words<E>;
}

const warning = <N extends Field = never, O extends Field = never>({
  may: _,
  ...declaration
}: Omit<WarningDeclaration<EvidenceFor<N, O>>, 'needs'> & {
  readonly needs: readonly N[];
  readonly may?: readonly O[];
}): WarningDeclaration<EvidenceFor<N, O>> => declaration;

const ofRepository = ({ check }: Place): boolean =>
  check !== undefined && CHECKS[check].side === 'repositories';

/** Small numbers as words, as a sentence wants them. */
function amount(count: number, trans: Trans): string {
  switch (count) {
    case 2:
      return trans.__('two');
    case 3:
      return trans.__('three');
    case 4:
      return trans.__('four');
    default:
      return String(count);
  }
}

/** Something works, and there is something to say all the same. */
export const WARNINGS = {
  dead_addresses: warning({
    needs: ['host', 'results', 'deadAddresses'],
    may: ['addresses', 'addressClass', 'through', 'for'],
    headline: (e, trans) =>
      e.deadAddresses.length === 1
        ? trans.__('Connected, one address down')
        : trans.__('Connected, %1 addresses down', e.deadAddresses.length),
    sentence: (e, trans, place) => {
      const all = amount(probedAddresses(e).length, trans);
      const dead = e.deadAddresses.length;
      if (ofRepository(place)) {
        return dead === 1
          ? trans.__(
              'One of the repository endpoint’s %1 addresses does not answer. Some installs may pause or fail.',
              all
            )
          : trans.__(
              '%1 of the repository endpoint’s %2 addresses do not answer. Some installs may pause or fail.',
              dead,
              all
            );
      }
      return dead === 1
        ? trans.__('One of the API endpoint’s %1 addresses does not answer. Renewing may pause.', all)
        : trans.__('%1 of the API endpoint’s %2 addresses do not answer. Renewing may pause.', dead, all);
    },
    detail: (e, trans) => trans.__('No answer: %1.', e.deadAddresses.join(', '))
  }),
  public_path: warning({
    needs: ['host'],
    may: ['addressClass', 'addresses', 'results'],
    headline: (_, trans) => trans.__('Connected, but not through a VPC endpoint'),
    sentence: (e, trans) =>
      trans.__(
        '`%1` is reached at a public address: not through a VPC endpoint of this VPC, whose policy then does not apply.',
        e.host
      )
  }),
  no_upstream: warning({
    needs: ['repository'],
    headline: (_, trans) => trans.__('Connected, but the repository has no source'),
    sentence: (e, trans) =>
      trans.__(
        'The repository %1 has neither an upstream nor an external connection: it holds only what was published to it.',
        e.repository
      )
  }),
  no_public_source: warning({
    needs: ['repository', 'upstreams'],
    headline: (_, trans) => trans.__('Connected, but no upstream reaches PyPI'),
    sentence: (e, trans) =>
      trans.__(
        'Neither the repository %1 nor its upstreams (%2) have an external connection to PyPI: pip finds only what was published to them.',
        e.repository,
        e.upstreams.join(', ')
      )
  }),
  /** An old policy of a role or an endpoint: pip may work, and what it can get is not known. */
  upstreams_not_checked: warning({
    needs: ['repository', 'notChecked'],
    may: ['action', 'policyType', 'principal', 'resource', 'explicit', 'policyArn'],
    headline: (_, trans) => trans.__('Connected, upstreams not checked'),
    sentence: (e, trans) =>
      trans.__(
        'Not checked: upstreams. This role may not look at %1 (codeartifact:DescribeRepository), so whether %2 reaches PyPI is not known.',
        e.notChecked,
        e.repository
      )
  }),
  /** The DNS server answers; the system's own look-up, which pip uses, does not, or not in time. */
  system_resolver: warning({
    needs: ['host', 'code'],
    may: ['addressClass', 'addresses'],
    sentence: (e, trans) =>
      e.code === 'slow'
        ? trans.__(
            'The DNS server knows `%1`, but the system’s own look-up, which pip uses, is slow.',
            e.host
          )
        : trans.__(
            'The DNS server knows `%1`, but the system’s own look-up, which pip uses, does not (%2).',
            e.host,
            e.code
          )
  }),
  proxy_for_both: warning({
    needs: ['pipProxy', 'pipProxyVariable'],
    may: ['proxy', 'proxyVariable', 'noProxy'],
    sentence: (e, trans) =>
      trans.__(
        '`NO_PROXY` does not name CodeArtifact’s hosts: AWS calls and pip go through the proxy `%1` (%2).',
        e.pipProxy,
        e.pipProxyVariable
      )
  }),
  proxy_for_pip: warning({
    needs: ['pipProxy', 'pipProxyVariable'],
    may: ['noProxy'],
    sentence: (e, trans) =>
      trans.__(
        'pip goes through the proxy `%1` (%2), although the AWS calls do not.',
        e.pipProxy,
        e.pipProxyVariable
      )
  }),
  proxy_for_aws: warning({
    needs: ['proxy', 'proxyVariable'],
    may: ['noProxy'],
    sentence: (e, trans) =>
      trans.__('AWS calls go through the proxy `%1` (%2), although pip does not.', e.proxy, e.proxyVariable)
  }),
  pip_certificates: warning({
    needs: ['pipCaBundle', 'pipCaBundleVariable', 'problem'],
    sentence: (e, trans) =>
      e.problem === 'unreadable'
        ? trans.__(
            'pip stops at the certificate file `%1`, which %2 names: it cannot be read.',
            e.pipCaBundle,
            e.pipCaBundleVariable
          )
        : trans.__(
            'pip stops at the certificate file `%1`, which %2 names: it holds no certificate.',
            e.pipCaBundle,
            e.pipCaBundleVariable
          )
  }),
  clock_off: warning({
    needs: ['skewSeconds'],
    sentence: (e, trans) =>
      e.skewSeconds < 0
        ? trans.__('The clock of this notebook is %1 slow.', offset(e.skewSeconds, trans))
        : trans.__('The clock of this notebook is %1 fast.', offset(e.skewSeconds, trans))
  })
};

export type WarningId = keyof typeof WARNINGS;

export type WarningEvidence = {
  readonly [W in WarningId]: (typeof WARNINGS)[W] extends WarningDeclaration<infer E> ? E : never;
};
