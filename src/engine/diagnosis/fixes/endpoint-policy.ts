import type { Fix, Snippet } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import type { EndpointSide } from '../../../protocol/checks';
import { isListing, policyFor, type PolicyOptions } from '../policies/policies';
import { callerName, type Denied, SECOND_DENIAL } from './denied-facts';
import { optionsOf } from './identity';
import { addToPolicy } from './merge';
import { endpointLines, endpointName, serviceName } from './network-parts';
import { aws, bash, guarded, variable } from './shell';
import { json, yaml } from './snippet';
import { together, trans } from '../../core/say';

/** Packages pass the repositories endpoint; every other call, sts's too, is judged at the api endpoint. */
export const guardOf = (action: string): EndpointSide =>
  /:(ReadFromRepository|PublishPackageVersion)$/.test(action) ? 'repositories' : 'api';

const kindOf = (side: EndpointSide) => (side === 'api' ? 'api-endpoint' : 'repositories-endpoint');

/** The policy on the VPC endpoint refuses. */
export function endpointPolicy(denied: Denied): Fix {
  const side = guardOf(denied.action);
  const name = endpointName(side);
  if (denied.explicit) {
    return {
      who: 'network administrator',
      text: together(
        trans.__(
          'A statement with "Effect": "Deny" in the policy of the %1 endpoint covers %2. A Deny beats every Allow, so adding permissions does not help: take %2 out of that statement.',
          name,
          denied.action
        ),
        SECOND_DENIAL
      ),
      snippets: [show(denied.facts, side)]
    };
  }
  const options = optionsOf(denied.action);
  const policy = policyFor(kindOf(side), denied.facts, options);
  return {
    who: 'network administrator',
    text: together(
      trans.__('Add this to the policy of the %1 endpoint, for the %2.', name, callerName(denied.who)),
      trans.__('The command keeps the statements that are there: AWS replaces the policy as a whole.'),
      isListing(denied.action) && LISTING,
      SECOND_DENIAL
    ),
    snippets: [
      json(
        policy.Statement.length > 1 ? trans.__('The missing statements') : trans.__('The missing statement'),
        policy.Statement.length > 1 ? policy.Statement : policy.Statement[0]
      ),
      addToEndpoint(denied.facts, side, options),
      endpointStatements(denied.facts, side, options)
    ]
  };
}

const LISTING = trans.__(
  'Connecting does without it; the same statements come from "jupyter codeartifact policy --for api-endpoint --listing".'
);

/** Also without an administrator's knowledge of the VPC, where the endpoint's id is known. */
const findings = (facts: FixContext, side: EndpointSide): readonly string[] =>
  endpointLines({ ...facts, rung: side === 'api' ? 'token' : 'index' }, side);

const document = (facts: FixContext): string =>
  aws('ec2 describe-vpc-endpoints', {
    region: facts.region,
    'vpc-endpoint-ids': variable('ENDPOINT_ID'),
    query: 'VpcEndpoints[0].PolicyDocument',
    output: 'text'
  });

const show = (facts: FixContext, side: EndpointSide): Snippet =>
  bash(trans.__('The policy as it is now'), [guarded([...findings(facts, side), document(facts)])]);

export const addToEndpoint = (facts: FixContext, side: EndpointSide, options: PolicyOptions = {}): Snippet =>
  addToPolicy({
    title: trans.__('Add it to the policy of the %1 endpoint', endpointName(side)),
    before: findings(facts, side),
    fetch: document(facts),
    put: 'ec2 modify-vpc-endpoint',
    options: { region: facts.region, 'vpc-endpoint-id': variable('ENDPOINT_ID') },
    add: policyFor(kindOf(side), facts, options)
  });

/** The endpoint with the policy that pip needs and no more; for stacks that own the endpoint. */
export const endpointStatements = (facts: FixContext, side: EndpointSide, options: PolicyOptions): Snippet =>
  yaml(
    trans.__(
      'CloudFormation: statements to add to PolicyDocument of the endpoint, which replaces the policy as a whole'
    ),
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ServiceName: serviceName(facts.region, side),
        PolicyDocument: policyFor(kindOf(side), facts, options)
      }
    }
  );
