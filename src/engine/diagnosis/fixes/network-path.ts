import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { hostOf, whereLines } from './network-parts';
import { aws, bash, comment, guarded, variable, word } from './shell';
import { together, trans } from '../../core/say';

/** The name leads to something that is not this endpoint: hosts file or private zone. */
export function wrongPlace(facts: FixContext, why: string): Fix {
  const host = hostOf(facts);
  return {
    who: 'network administrator',
    text: together(
      why,
      trans.__(
        "Look for an old entry in the notebook's hosts file, then in the private hosted zones of the VPC."
      )
    ),
    snippets: [
      bash(trans.__('In the notebook'), [
        comment('Prints a line only when the name is pinned'),
        `grep -n -F ${word(host)} /etc/hosts`,
        comment('Every address that programs here get'),
        `getent ahosts ${word(host)}`
      ]),
      bash(trans.__('Private hosted zones of the VPC'), [
        guarded([
          ...whereLines(facts, {}),
          aws('route53 list-hosted-zones-by-vpc', {
            'vpc-id': variable('VPC_ID'),
            'vpc-region': facts.region,
            query: 'HostedZoneSummaries[].[Name,HostedZoneId]',
            output: 'text'
          })
        ])
      ])
    ]
  };
}

/** What an address must look like before it goes into a command. */
const ADDRESS = /^[0-9a-fA-F:.]{2,45}$/;

/** The notebook itself has no way there, or forbids it. */
export function localRoute(facts: FixContext, forbidden: boolean): Fix {
  const addresses = (facts.addresses ?? []).map(each => each.address).filter(each => ADDRESS.test(each));
  const show = bash(trans.__('In the notebook'), [
    // An address that is forbidden is an answer too: the next one is still to be shown.
    ...addresses.map(each => `ip route get ${word(each)} || true`),
    comment('All routes; look for a missing default, and for blackhole, prohibit or unreachable'),
    'ip route show table all'
  ]);
  const remove = addresses.map(
    each =>
      `ip route show match ${word(each)} | grep -E '^(blackhole|prohibit|unreachable) ' | while read -r ROUTE; do sudo ip route del $ROUTE; done`
  );
  return {
    who: 'platform team',
    text: forbidden
      ? trans.__(
          "A route or a firewall inside the notebook's own system forbids this. Remove the route of type blackhole, prohibit or unreachable, or the rule of the local firewall."
        )
      : trans.__(
          "The notebook's own system has no route there: its network interface is down, the default route is missing, or a route of type unreachable covers the address. Restart the notebook, then look at its subnet."
        ),
    snippets: [
      show,
      ...(remove.length > 0 ? [bash(trans.__('If a route forbids it, remove that'), remove)] : [])
    ]
  };
}

/** Something on the way cuts or filters. AWS Network Firewall is the usual one inside a VPC. */
export function firewall(facts: FixContext, what: string): Fix {
  const { apiHost, repositoryHost, region } = facts;
  return {
    who: 'network administrator',
    text: together(
      what,
      trans.__(
        "Let these two names pass on port 443 in the firewall between the notebook and its endpoints. With interface endpoints in the notebook's own VPC no firewall is needed on this path."
      )
    ),
    snippets: [
      bash(trans.__('Firewalls of the VPC'), [
        guarded([
          ...whereLines(facts, {}),
          aws('network-firewall list-firewalls', { region, 'vpc-ids': variable('VPC_ID') }),
          comment('Its policy, and the rule groups in it'),
          aws('network-firewall list-rule-groups', { region })
        ])
      ]),
      {
        title: trans.__('Rules for a Network Firewall rule group in Suricata format'),
        language: 'text',
        text:
          [apiHost, repositoryHost]
            .filter(host => host !== '')
            .map((host, i) => passRule(host, i))
            .join('\n') + '\n'
      }
    ]
  };
}

/** Private endpoints are in HOME_NET, so the way there is `any`. A pass rule for one server name; the numbers are ours to choose, in the range for local rules. */
const passRule = (host: string, index: number): string =>
  `pass tls $HOME_NET any -> any 443 (tls.sni; content:"${host.replace(/[^A-Za-z0-9.-]/g, '')}"; startswith; endswith; flow:to_server; sid:${1_000_443 + index};)`;

/** Connected, but large packets do not come through. */
export function largePackets(what: string): Fix {
  return {
    who: 'network administrator',
    text: together(
      what,
      trans.__(
        'If checking again does not help, large packets are most likely lost: use an MTU of 1500 in the notebook, and let ICMP "fragmentation needed" through on the way.'
      )
    ),
    snippets: [
      bash(trans.__('In the notebook'), [
        comment('The MTU now'),
        'ip link show',
        comment('Smaller packets, until the notebook restarts; then check again'),
        'sudo ip link set dev "$(ip -o route show default | awk \'{print $5; exit}\')" mtu 1500'
      ])
    ]
  };
}
