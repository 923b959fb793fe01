import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import { dnsSuffix } from '../../core/partition';
import type { FixContext } from './fix-facts';
import { dnsAttributes, endpointLines, hostOf, ownNames, side, whereLines } from './network-parts';
import { aws, bash, blanks, comment, guarded, into, variable, word } from './shell';
import { together, trans } from '../../core/say';

/** What the notebook's resolver says, from the notebook's own side. */
const asked = (host: string) =>
  bash(trans.__('In the notebook'), [
    comment('Which resolver is asked, and what programs get'),
    'cat /etc/resolv.conf',
    `getent ahosts ${word(host)}`
  ]);

/** The VPC's own resolver is at the VPC's base address plus two, and at 169.254.169.253. */
const options = (facts: FixContext) =>
  bash(trans.__('The resolver that the VPC hands out'), [
    guarded([
      ...whereLines(facts, {}),
      into(
        'OPTIONS_ID',
        aws('ec2 describe-vpcs', {
          region: facts.region,
          'vpc-ids': variable('VPC_ID'),
          query: 'Vpcs[0].DhcpOptionsId',
          output: 'text'
        })
      ),
      comment(
        `AmazonProvidedDNS, or a server of your own that must forward ${suffix(facts)} to the VPC resolver`
      ),
      aws('ec2 describe-dhcp-options', {
        region: facts.region,
        'dhcp-options-ids': variable('OPTIONS_ID'),
        query: 'DhcpOptions[0].DhcpConfigurations'
      })
    ])
  ]);

/** What a resolver forwards: the end of the name that was asked for, which is another for dual-stack. */
const suffix = (facts: FixContext): string =>
  ['api.aws', 'on.aws'].find(end => hostOf(facts).endsWith(`.${end}`)) ?? dnsSuffix(facts.region);

/** What a VPC asks is the most specific private zone that fits, and its answer is final (Route 53 guide, private zones). */
const ZONES = trans.__(
  'With central DNS the zone of the API holds all names of packages too: they need the zone d.codeartifact.REGION with a record for *, associated with this VPC.'
);

export function nameNotFound(facts: FixContext): Fix {
  const host = hostOf(facts);
  if (/^vpce-/.test(host)) {
    return {
      who: 'network administrator',
      text: trans.__(
        '%1 is the name of one VPC endpoint, and it is not known here: the endpoint was deleted, or the name is mistyped. Set %2 to the name that the endpoint has now.',
        host,
        side(facts) === 'api' ? 'apiEndpoint' : 'repositoriesEndpoint'
      ),
      snippets: [ownNames(facts, [side(facts)], trans.__('The names of the endpoint'))]
    };
  }
  if (side(facts) === 'repositories') {
    return {
      who: 'you',
      text: together(
        trans.__(
          'Compare the domain (%1), its owner (%2) and the Region (%3) in the settings with the connection instructions of the repository: the name is made of these. If all three are right, your network administrator can fix it: a private hosted zone swallows the name, or the resolver does not forward %4.',
          facts.domain,
          facts.domainOwner || trans.__('not set'),
          facts.region,
          suffix(facts)
        ),
        ZONES
      ),
      snippets: [asked(host), options(facts)]
    };
  }
  return {
    who: 'network administrator',
    text: trans.__(
      "Compare the Region in the settings (%1) first. If it is right, a private hosted zone of the VPC has no record for the name: complete it; or the resolver that this notebook uses does not forward %2 to the VPC's resolver: add a conditional forwarder for it.",
      facts.region,
      suffix(facts)
    ),
    snippets: [asked(host), options(facts)]
  };
}

/** The name is there without an address of the kind we asked for. */
export const noAddress = (facts: FixContext): Fix => ({
  who: 'network administrator',
  text: trans.__(
    'Give the endpoint IPv4 addresses and names, or complete the private hosted zone that answers for it.'
  ),
  snippets: [
    bash(trans.__('IPv4 on the endpoint'), [
      guarded([
        ...endpointLines(facts, side(facts)),
        aws('ec2 modify-vpc-endpoint', {
          region: facts.region,
          'vpc-endpoint-id': variable('ENDPOINT_ID'),
          'ip-address-type': 'ipv4',
          'dns-options': 'DnsRecordIpType=ipv4'
        })
      ])
    ])
  ]
});

/** Refused or failed look-ups: DNS Firewall, or a forwarder. */
export function resolverRefuses(facts: FixContext): Fix {
  const { region } = facts;
  return {
    who: 'network administrator',
    text: trans.__(
      'Route 53 Resolver DNS Firewall, or the forwarder that this notebook asks, refuses the name. Put the two names on the list of allowed domains, in a rule before the one that blocks.'
    ),
    snippets: [
      bash(trans.__('Rules of DNS Firewall for the VPC'), [
        guarded([
          ...whereLines(facts, {}),
          aws('route53resolver list-firewall-rule-group-associations', {
            region,
            'vpc-id': variable('VPC_ID')
          })
        ])
      ]),
      bash(trans.__('Allow the names'), [
        guarded([
          ...blanks([
            { name: 'RULE_GROUP_ID', value: 'rslvr-frg-REPLACE', what: 'the group found above' },
            { name: 'PRIORITY', value: '1', what: 'a free number, lower than that of the blocking rule' }
          ]),
          into(
            'LIST_ID',
            aws('route53resolver create-firewall-domain-list', {
              region,
              name: 'codeartifact',
              query: 'FirewallDomainList.Id',
              output: 'text'
            })
          ),
          aws('route53resolver update-firewall-domains', {
            region,
            'firewall-domain-list-id': variable('LIST_ID'),
            operation: 'ADD',
            domains: [facts.apiHost, facts.repositoryHost].filter(host => host !== '')
          }),
          aws('route53resolver create-firewall-rule', {
            region,
            name: 'codeartifact',
            'firewall-rule-group-id': variable('RULE_GROUP_ID'),
            'firewall-domain-list-id': variable('LIST_ID'),
            priority: variable('PRIORITY'),
            action: 'ALLOW'
          })
        ])
      ]),
      asked(hostOf(facts))
    ]
  };
}

/** Nobody answers for names: the VPC's DNS is off, or port 53 to a custom server is closed. */
export const resolverSilent = (facts: FixContext): Fix => ({
  who: 'network administrator',
  text: trans.__(
    "Turn on the VPC's DNS support. If the VPC uses a DNS server of its own, let UDP and TCP port 53 through to it."
  ),
  snippets: [
    bash(trans.__("If the VPC's DNS is off"), [guarded([...whereLines(facts, {}), ...dnsAttributes(facts)])]),
    bash(trans.__('If the DNS server is your own'), [
      guarded([
        ...blanks([
          { name: 'DNS_SG', value: 'sg-REPLACE', what: "the DNS server's security group" },
          { name: 'NOTEBOOK_SG', value: 'sg-REPLACE', what: "the notebook's security group" }
        ]),
        ...['udp', 'tcp'].map(protocol =>
          aws('ec2 authorize-security-group-ingress', {
            region: facts.region,
            'group-id': variable('DNS_SG'),
            protocol,
            port: '53',
            'source-group': variable('NOTEBOOK_SG')
          })
        )
      ])
    ]),
    options(facts)
  ]
});

/** The resolver's port is closed: resolv.conf names something that is not there. */
export const resolverGone = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: trans.__(
    "The notebook's /etc/resolv.conf names a resolver that is not running: start the local cache again, or let the file name the VPC's resolver, 169.254.169.253."
  ),
  snippets: [
    bash(trans.__('In the notebook'), [
      comment('Which resolver is asked'),
      'cat /etc/resolv.conf',
      comment("Whether the VPC's own answers"),
      `dig +time=2 +tries=1 ${word(hostOf(facts))} @169.254.169.253`
    ]),
    options(facts)
  ]
});

/** getaddrinfo does not tell which of the above it is: the places in order. */
export const resolverUnclear = (evidence: Evidence, facts: FixContext): Fix => ({
  who: 'network administrator',
  text: together(
    fact(evidence, 'code') === ''
      ? trans.__("The system's resolver gave up without a reason.")
      : trans.__("The system's resolver gave up (%1) without a reason.", fact(evidence, 'code')),
    trans.__("Look in this order: the VPC's DNS support; port 53 to a DNS server of your own; DNS Firewall.")
  ),
  snippets: [...resolverSilent(facts).snippets, ...resolverRefuses(facts).snippets.slice(0, 1)]
});
