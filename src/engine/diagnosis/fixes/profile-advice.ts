import type { Evidence } from '../../core/evidence';
import { trans } from '../../core/say';

/** What to write, by what is wrong. */
export function profileAdvice({ problem, named = '' }: Evidence, profile: string, path: string): string {
  switch (problem) {
    case 'role_no_source':
      return trans.__(
        'Write source_profile (a profile with credentials) or credential_source into the profile %1 of %2; or take role_arn out, if its own keys are meant.',
        profile,
        path
      );
    case 'role_two_sources':
      return trans.__('Take source_profile or credential_source out of the profile %1 of %2.', profile, path);
    case 'role_source_unknown':
      return trans.__(
        'Write credential_source = Ec2InstanceMetadata, EcsContainer or Environment, in exactly this spelling, into the profile %1 of %2.',
        profile,
        path
      );
    case 'role_mfa':
      return trans.__(
        'Get credentials for the role in a terminal, where the code can be typed, and keep them in a profile of their own; or choose a profile without mfa_serial.'
      );
    case 'source_profile_missing':
    case 'source_profile_empty':
    case 'role_loop':
      return trans.__(
        'Write a source_profile that has credentials of its own into the profile %1 of %2, or give %3 credentials.',
        profile,
        path,
        named
      );
    case 'role_source_empty':
      return named === 'Environment'
        ? trans.__(
            'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of the Jupyter server and restart it, or write a source_profile that has credentials in place of credential_source into the profile %1 of %2.',
            profile,
            path
          )
        : trans.__(
            'Give the notebook a role, or write a source_profile that has credentials in place of credential_source into the profile %1 of %2.',
            profile,
            path
          );
    case 'token_file_unreadable':
    case 'token_file_empty':
      return trans.__(
        'Let what writes the token write it to %1, readable for you; or correct web_identity_token_file in the profile %2.',
        path,
        profile
      );
    case 'role_missing':
      return trans.__('Write role_arn into the profile %1 of %2.', profile, path);
    case 'sso_session_missing':
    case 'sso_conflict':
    case 'sso_incomplete':
      return trans.__(
        'Complete the sign-in of the profile %1 in %2, by hand or by aws configure sso.',
        profile,
        path
      );
    case 'process_unreadable':
    case 'process_failed':
    case 'process_garbage':
      return trans.__(
        'Run the command of credential_process of the profile %1 in a terminal of this notebook, until it prints JSON with Version, AccessKeyId and SecretAccessKey. It may need neither a shell nor a keyboard.',
        profile
      );
    case 'sts_garbage':
    case 'sso_garbage':
      return trans.__(
        'Something else answers in its place: look at endpoint_url in %1 and at the variables AWS_ENDPOINT_URL, then at proxies on the way.',
        path
      );
    case 'services_missing':
      return trans.__(
        'Write the section [services %1] into %2, or take services out of the profile %3.',
        named,
        path,
        profile
      );
    default:
      return trans.__('Complete the profile %1 in %2, by hand or by aws configure.', profile, path);
  }
}
