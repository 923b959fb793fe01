import type { PolicyFacts } from '../fixes/fix-facts';
import { principalOf } from '../../core/principal';
import { partitionOf } from '../../core/partition';

/** The domain's account; `*` where nobody has told: an ARN in a policy may leave it open. */
const ownerOf = (facts: PolicyFacts): string =>
  facts.domainOwner || facts.accountId || principalOf(facts.roleArn ?? '').account || '*';

/** Of a notebook that nothing is set up in yet only the endpoints are known. */
const domainOf = (facts: PolicyFacts): string => facts.domain || '*';
const repositoryOf = (facts: PolicyFacts): string => facts.repository || '*';

const arn = (facts: PolicyFacts, what: string): string =>
  `arn:${partitionOf(facts.region)}:codeartifact:${facts.region}:${ownerOf(facts)}:${what}`;

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeartifact.html
export const domainArn = (facts: PolicyFacts): string => arn(facts, `domain/${domainOf(facts)}`);

export const repositoryArn = (facts: PolicyFacts): string =>
  arn(facts, `repository/${domainOf(facts)}/${repositoryOf(facts)}`);

/** The repository and its upstreams: which these are is seen only by looking. */
export const repositoriesArn = (facts: PolicyFacts): string => arn(facts, `repository/${domainOf(facts)}/*`);

/** Every package of the repository. */
export const packagesArn = (facts: PolicyFacts): string =>
  arn(facts, `package/${domainOf(facts)}/${repositoryOf(facts)}/*`);
