import { bash, comment } from './shell';
import type { Snippet } from '../../../protocol/fix';

/**
 * Variables for the Jupyter server. ~/.profile would not do: bash skips it beside a ~/.bash_profile, and a Studio space
 * starts its server without a login shell. The file is the one of AWS's own samples:
 * https://github.com/aws-samples/amazon-sagemaker-notebook-instance-lifecycle-config-samples (set-env-variable)
 */
export const serverEnvironment = (
  title: string,
  before: readonly string[],
  exports: readonly string[]
): Snippet =>
  bash(title, [
    ...before,
    comment('On a notebook instance; at each start, so in its lifecycle configuration for good'),
    `sudo tee -a /etc/profile.d/jupyter-env.sh > /dev/null <<PROFILE`,
    ...exports,
    'PROFILE',
    'sudo systemctl --no-block restart jupyter-server.service',
    comment(
      'In Studio: the same variables in the image (ENV), or in the lifecycle configuration, which then'
    ),
    comment('ends in: restart-jupyter-server')
  ]);
