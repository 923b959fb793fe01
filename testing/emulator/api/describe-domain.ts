import { domainArn } from '../world/arns';
import { domainSummary } from './descriptions';
import { mustBeAllowed, type Operation } from './operation';
import { findDomain, mustExist, namedDomain } from './parameters';

/** AWS's own account that holds a Region's package assets; us-east-1's, whatever the Region (tests read the shape). */
const assetsAccount = '193858265520';

export const describeDomain: Operation = request => {
  const { state } = request;
  const { world } = state;
  const { domain, owner } = namedDomain(request);
  const found = findDomain(request, domain, owner);
  mustBeAllowed(request, {
    action: 'codeartifact:DescribeDomain',
    resource: domainArn(world, owner, domain),
    owner: found === undefined ? world.caller.account : owner,
    policy: found?.policy
  });
  mustExist(request, domain, owner);
  const repositories = Object.keys(world.repositories).filter(
    name => world.repositories[name].domain === domain
  );
  return {
    domain: {
      ...domainSummary(world, domain),
      repositoryCount: repositories.length,
      assetSizeBytes: state.packages.bytes(repositories),
      s3BucketArn: `arn:aws:s3:::assets-${assetsAccount}-${world.region}`
    }
  };
};
