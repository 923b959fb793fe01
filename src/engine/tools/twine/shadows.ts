import { redactUrl, sameIndex } from '../text/url-credentials';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/**
 * What keeps `twine upload -r codeartifact` from using the connection. Variables win over ~/.pypirc.
 * https://github.com/pypa/twine/blob/main/twine/utils.py (`EnvironmentDefault`, `get_repository_from_config`, `get_userpass_value`)
 */
export function twineShadows({ runtime }: ToolsDeps, indexUrl: string): Shadow[] {
  const { TWINE_REPOSITORY_URL: url, TWINE_USERNAME: user, TWINE_PASSWORD: password } = runtime.env;
  const repository = indexUrl.replace(/simple\/$/, '');
  const shadows: Shadow[] = [];
  if (url) {
    // With a URL twine looks at no section of the file, so that the user and the token in it are not found.
    const variable = 'TWINE_REPOSITORY_URL';
    if (!sameIndex(url, repository)) {
      shadows.push({ by: `the variable ${variable} (${redactUrl(url)})`, variable });
    } else if (user !== 'aws' || !password) {
      const by = `the variable ${variable} (${redactUrl(url)}), with which twine reads no user and no token from its file`;
      shadows.push({ by, variable });
    }
  }
  // twine takes a variable that is set but empty for a value.
  if (user !== undefined && user !== 'aws') {
    shadows.push({ by: 'the variable TWINE_USERNAME, which is not aws', variable: 'TWINE_USERNAME' });
  }
  if (password !== undefined) {
    const variable = 'TWINE_PASSWORD';
    shadows.push({ by: `the variable ${variable}, which twine takes in place of our token`, variable });
  }
  return shadows;
}
