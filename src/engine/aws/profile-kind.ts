import type { Profile } from './parse-config';

/** How a profile says where its credentials come from. */
export type ProfileKind = 'role' | 'web-identity' | 'sso' | 'keys' | 'login' | 'process' | 'none';

/**
 * In botocore's order (credentials.create_credential_resolver): a profile may hold several, and the SDK for
 * JavaScript would take another one than the AWS CLI.
 */
export function profileKind({ config, credentials, merged }: Profile): ProfileKind {
  if (merged.role_arn && !merged.web_identity_token_file) {
    return 'role';
  }
  if (merged.web_identity_token_file) {
    return 'web-identity';
  }
  if (config.sso_account_id || config.sso_role_name) {
    return 'sso';
  }
  if (credentials.aws_access_key_id) {
    return 'keys';
  }
  if (merged.login_session) {
    return 'login';
  }
  if (merged.credential_process) {
    return 'process';
  }
  return config.aws_access_key_id ? 'keys' : 'none';
}
