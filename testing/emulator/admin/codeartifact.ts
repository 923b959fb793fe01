import type { CodeartifactAdmin } from './codeartifact-policies';
import { policyOperations } from './codeartifact-policies';
import { domainOperations } from './codeartifact-domains';
import { repositoryOperations } from './codeartifact-repositories';
import type { Plane } from './plane';

/** Every call that changes something, by method and path (botocore's codeartifact/2018-09-22 model). */
export const codeartifactOperations: Record<string, CodeartifactAdmin> = {
  ...domainOperations,
  ...policyOperations,
  ...repositoryOperations
};

/** Without an owner a call is about a domain of the account that makes it. */
export function ofAccount(plane: Plane, query: URLSearchParams): URLSearchParams {
  const whole = new URLSearchParams(query);
  if (!whole.has('domain-owner')) whole.set('domain-owner', plane.account);
  return whole;
}
