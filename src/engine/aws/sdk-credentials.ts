/**
 * What of the AWS SDK only some sources of credentials need: a role, IAM Identity Center, a program, `aws login`. Imported
 * as sdk.ts is; most notebooks never need it.
 */
export { fromLoginCredentials, fromProcess, fromSSO } from '@aws-sdk/credential-providers';
export { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/nested-clients/sts';
export { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
export { externalDataInterceptor } from '@smithy/core/config';
