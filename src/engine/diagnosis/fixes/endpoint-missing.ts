import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import type { EndpointSide } from '../../../protocol/checks';
import { endpointDocumentWord } from './endpoint-document';
import { endpointTemplate } from './endpoint-template';
import { dnsAttributes, endpointName, inVpc, ownNames, side, whereLines, serviceName } from './network-parts';
import { aws, bash, blanks, comment, guarded, into, raw, type Value, variable } from './shell';
import { together, trans } from '../../core/say';

/** Both endpoints where both are silent: else the administrator is asked a second time. */
const sides = (facts: FixContext): readonly EndpointSide[] =>
  facts.otherEndpointSilent === true ? ['api', 'repositories'] : [side(facts)];

/** The name leads to a public address and nothing answers: the endpoint is missing, or its private DNS is off. */
export function endpointMissing(facts: FixContext): Fix {
  const [first = '', other] = sides(facts).map(endpointName);
  if (inAnotherRegion(facts)) {
    return elsewhere(facts);
  }
  return {
    who: 'network administrator',
    text: together(
      other === undefined
        ? trans.__("Create the %1 endpoint in the notebook's VPC, or turn on its private DNS.", first)
        : trans.__(
            "Create the endpoints %1 and %2 in the notebook's VPC, or turn on their private DNS.",
            first,
            other
          ),
      trans.__(
        "From inside the notebook the two look alike; the VPC console tells which it is. Where private DNS must stay off, the settings apiEndpoint and repositoriesEndpoint take the endpoints' own names."
      ),
      EVERYBODY,
      half(facts)
    ),
    snippets: [
      create(facts),
      privateDns(facts),
      ownNames(facts, ['api', 'repositories'], trans.__('If private DNS must stay off')),
      endpointTemplate(facts, sides(facts))
    ]
  };
}

/** Private DNS is for the whole VPC: who has reached CodeArtifact by NAT until now ends up at the endpoint too. */
const EVERYBODY = trans.__(
  'Private DNS leads every client of the VPC to the endpoint: those whose security groups it does not let in lose CodeArtifact, and so do roles and repositories that its policy does not name.'
);

/** Interface endpoints lead to the services of their own Region. */
const inAnotherRegion = ({ notebookRegion, region }: FixContext): boolean =>
  notebookRegion !== undefined && notebookRegion !== region;

/** https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html: the service is one of the Region. */
const elsewhere = (facts: FixContext): Fix => ({
  who: 'network administrator',
  text: trans.__(
    "The domain is in %1, the notebook in %2: VPC endpoints do not cross Regions, so none in the notebook's VPC leads there. Use a domain in %2; or connect the notebook's VPC to one in %1 that has both endpoints (peering or a transit gateway), and set apiEndpoint and repositoriesEndpoint to their own names.",
    facts.region,
    facts.notebookRegion ?? ''
  ),
  snippets: [ownNames(facts, ['api', 'repositories'], trans.__('The names of endpoints in %1', facts.region))]
});

/** Half open: the API works and pip would hang. Say which of the two is not to be touched. */
const half = (facts: FixContext): string =>
  side(facts) === 'repositories' && facts.otherEndpointSilent !== true
    ? trans.__('The codeartifact.api endpoint answers.')
    : '';

function create(facts: FixContext): Snippet {
  const services = sides(facts).map(which => ({
    name: serviceName(facts.region, which),
    document: endpointDocumentWord(facts, which).word
  }));
  return bash(trans.__('If the endpoint is missing'), [
    guarded(
      createEndpoints(facts, services, {
        everybody: EVERYBODY,
        group: `codeartifact-${sides(facts).join('-')}-endpoint`,
        to: 'CodeArtifact',
        fill: blanks(endpointDocumentWord(facts, side(facts)).blanks)
      })
    )
  ]);
}

interface MadeWith {
  /** Whom private DNS leads there too. */
  readonly everybody: string;
  /** Name of the security group. */
  readonly group: string;
  /** The service, in words. */
  readonly to: string;
  /** What has to be filled in besides. */
  readonly fill?: readonly string[];
}

/** Interface endpoints with private DNS, and one security group for them. */
export const createEndpoints = (
  facts: FixContext,
  services: readonly { readonly name: string; readonly document: Value }[],
  { everybody, group, to, fill = [] }: MadeWith
): readonly string[] => [
  comment(everybody),
  ...whereLines(facts, { clients: true, subnets: true }),
  ...fill,
  comment('A security group for the endpoint: port 443 from these clients only'),
  into(
    'ENDPOINT_SG',
    aws('ec2 create-security-group', {
      region: facts.region,
      'vpc-id': variable('VPC_ID'),
      'group-name': group,
      description: `Port 443 to ${to}`,
      query: 'GroupId',
      output: 'text'
    })
  ),
  'for GROUP in $CLIENT_GROUPS; do',
  allow443(facts, 'GROUP'),
  'done',
  comment('Private DNS needs both attributes of the VPC'),
  ...dnsAttributes(facts),
  ...services.map(({ name, document }) =>
    aws('ec2 create-vpc-endpoint', {
      region: facts.region,
      'vpc-id': variable('VPC_ID'),
      'vpc-endpoint-type': 'Interface',
      'service-name': name,
      // Several subnets become several words.
      'subnet-ids': raw('$SUBNET_IDS'),
      'security-group-ids': variable('ENDPOINT_SG'),
      'private-dns-enabled': true,
      // Without one an endpoint lets every call of every account through.
      'policy-document': document
    })
  )
];

/** `ENDPOINT_SG` lets the group in that this variable names. */
export const allow443 = (facts: FixContext, client = 'NOTEBOOK_SG'): string =>
  aws('ec2 authorize-security-group-ingress', {
    region: facts.region,
    'group-id': variable('ENDPOINT_SG'),
    protocol: 'tcp',
    port: '443',
    'source-group': variable(client)
  });

export function privateDns(facts: FixContext): Snippet {
  return bash(trans.__('If private DNS is off'), [
    guarded([
      comment(EVERYBODY),
      ...whereLines(facts, {}),
      comment('Private DNS needs both attributes of the VPC'),
      ...dnsAttributes(facts),
      'TURNED=0',
      ...sides(facts).flatMap(which => [
        into(
          'ENDPOINT_IDS',
          `${aws('ec2 describe-vpc-endpoints', {
            region: facts.region,
            filters: inVpc(serviceName(facts.region, which)),
            query: 'VpcEndpoints[].[PrivateDnsEnabled,VpcEndpointId]',
            output: 'text'
          })} | awk '$1 == "False" { print $2 }'`
        ),
        // Two endpoints of one service cannot both have it; AWS refuses the second.
        'for ENDPOINT_ID in $ENDPOINT_IDS; do',
        aws('ec2 modify-vpc-endpoint', {
          region: facts.region,
          'vpc-endpoint-id': variable('ENDPOINT_ID'),
          'private-dns-enabled': true
        }),
        'TURNED=1',
        'done'
      ]),
      `[ "$TURNED" = 1 ] || { echo "No endpoint without private DNS in $VPC_ID: create it instead." >&2; exit 1; }`
    ])
  ]);
}
