import type { EndpointSide } from '../../../protocol/checks';
import { principalOf } from '../../core/principal';
import { policyFor } from '../policies/policies';
import type { PolicyDocument } from '../policies/statement';
import type { FixContext } from './fix-facts';
import { type Blank, type Raw, raw } from './shell';

/** Stands in a document for an account that nobody has told; AWS refuses it as it is. */
const UNKNOWN = 'REPLACE';

const ACCOUNT: Blank = { name: 'ACCOUNT_ID', value: UNKNOWN, what: "the notebook role's account" };

/**
 * The policy of an endpoint that is made anew: this domain and repository, for every role of the notebook's account, as
 * in infra/network.yaml. An endpoint with private DNS is everybody's way, not one role's.
 */
export function endpointDocument(facts: FixContext, side: EndpointSide): PolicyDocument {
  const account = principalOf(facts.roleArn ?? '').account || facts.accountId || facts.domainOwner || UNKNOWN;
  return policyFor(`${side}-endpoint`, { ...facts, admitted: { kind: 'account', account } });
}

/** The same as a word of a command, and what is to be filled in for it. */
export function endpointDocumentWord(
  facts: FixContext,
  side: EndpointSide
): { readonly blanks: readonly Blank[]; readonly word: Raw } {
  const text = JSON.stringify(endpointDocument(facts, side), null, 2);
  return {
    blanks: text.includes(UNKNOWN) ? [ACCOUNT] : [],
    word: raw(`'${text.replaceAll(UNKNOWN, `'"$${ACCOUNT.name}"'`)}'`)
  };
}
