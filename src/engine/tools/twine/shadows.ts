import { redactUrl, sameIndex } from '../text/url-credentials';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/**
 * What keeps `twine upload -r codeartifact` from using the connection. Variables win over ~/.pypirc.
 * https://twine.readthedocs.io/en/stable/#environment-variables
 */
export function twineShadows({ runtime }: ToolsDeps, indexUrl: string): Shadow[] {
  const { TWINE_REPOSITORY_URL: url, TWINE_USERNAME: user, TWINE_PASSWORD: password } = runtime.env;
  const repository = indexUrl.replace(/simple\/$/, '');
  const shadows: Shadow[] = [];
  if (url && !sameIndex(url, repository)) {
    const variable = 'TWINE_REPOSITORY_URL';
    shadows.push({ by: `the variable ${variable} (${redactUrl(url)})`, variable });
  }
  if (user && user !== 'aws') {
    shadows.push({ by: 'the variable TWINE_USERNAME, which is not aws', variable: 'TWINE_USERNAME' });
  }
  if (password) {
    const variable = 'TWINE_PASSWORD';
    shadows.push({ by: `the variable ${variable}, which twine takes in place of our token`, variable });
  }
  return shadows;
}
