import { state } from '@aws-sdk/core/client';

/**
 * Everything of the AWS SDK that the engine uses. Only ever imported by `await import('./sdk')`: the
 * bundle holds it, but nothing of it runs before the first call to AWS.
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
export { fromLoginCredentials, fromProcess, fromSSO } from '@aws-sdk/credential-providers';
export { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/nested-clients/sts';
export { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
export { externalDataInterceptor } from '@smithy/core/config';
export { NodeHttpHandler } from '@smithy/node-http-handler';

// The SDK warns on stderr below Node 22. It is pinned inside our bundle, so the user can do nothing about it;
// this is the mark by which the SDK itself remembers that it has warned.
state.warningEmitted = true;
