import { state } from '@aws-sdk/core/client';

/**
 * What every call to CodeArtifact needs of the AWS SDK; what some sources of credentials need is in sdk-credentials.ts.
 * Only ever imported by `await import('./sdk')`: the bundle holds it, but nothing of it runs before the first call to
 * AWS.
 */
export {
  CodeartifactClient,
  DescribeDomainCommand,
  DescribeRepositoryCommand,
  GetAuthorizationTokenCommand,
  GetRepositoryEndpointCommand,
  ListDomainsCommand,
  ListPackagesCommand,
  ListPackageVersionsCommand,
  ListRepositoriesCommand,
  ListRepositoriesInDomainCommand
} from '@aws-sdk/client-codeartifact';
export { NodeHttpHandler } from '@smithy/node-http-handler';

// The SDK warns on stderr below Node 22. It is pinned inside our bundle, so the user can do nothing about it;
// this is the mark by which the SDK itself remembers that it has warned.
state.warningEmitted = true;
