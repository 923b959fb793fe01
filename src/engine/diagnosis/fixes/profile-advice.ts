import type { Evidence } from '../../core/evidence';

/** What to write, by what is wrong. */
export function profileAdvice({ problem, named = '' }: Evidence, profile: string, path: string): string {
  switch (problem) {
    case 'role_no_source':
      return `Write source_profile (a profile with credentials) or credential_source into the profile ${profile} of ${path}; or take role_arn out, if its own keys are meant.`;
    case 'role_two_sources':
      return `Take source_profile or credential_source out of the profile ${profile} of ${path}.`;
    case 'role_source_unknown':
      return `Write credential_source = Ec2InstanceMetadata, EcsContainer or Environment, in exactly this spelling, into the profile ${profile} of ${path}.`;
    case 'role_mfa':
      return `Get credentials for the role in a terminal, where the code can be typed, and keep them in a profile of their own; or choose a profile without mfa_serial.`;
    case 'source_profile_missing':
    case 'source_profile_empty':
    case 'role_loop':
      return `Write a source_profile that has credentials of its own into the profile ${profile} of ${path}, or give ${named} credentials.`;
    case 'role_source_empty':
      return named === 'Environment'
        ? `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of the Jupyter server and restart it, or write a source_profile that has credentials in place of credential_source into the profile ${profile} of ${path}.`
        : `Give the notebook a role, or write a source_profile that has credentials in place of credential_source into the profile ${profile} of ${path}.`;
    case 'token_file_unreadable':
    case 'token_file_empty':
      return `Let what writes the token write it to ${path}, readable for you; or correct web_identity_token_file in the profile ${profile}.`;
    case 'role_missing':
      return `Write role_arn into the profile ${profile} of ${path}.`;
    case 'sso_session_missing':
    case 'sso_conflict':
    case 'sso_incomplete':
      return `Complete the sign-in of the profile ${profile} in ${path}, by hand or by aws configure sso.`;
    case 'process_unreadable':
    case 'process_failed':
    case 'process_garbage':
      return `Run the command of credential_process of the profile ${profile} in a terminal of this notebook, until it prints JSON with Version, AccessKeyId and SecretAccessKey. It may need neither a shell nor a keyboard.`;
    case 'sts_garbage':
    case 'sso_garbage':
      return `Something else answers in its place: look at endpoint_url in ${path} and at the variables AWS_ENDPOINT_URL, then at proxies on the way.`;
    case 'services_missing':
      return `Write the section [services ${named}] into ${path}, or take services out of the profile ${profile}.`;
    default:
      return `Complete the profile ${profile} in ${path}, by hand or by aws configure.`;
  }
}
