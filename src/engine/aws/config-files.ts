import { type AwsFiles, awsFiles } from './parse-config';
import type { Runtime } from '../runtime/runtime';
import type { ReadText } from './read-text';

export interface ConfigFiles extends AwsFiles {
  readonly configPath: string;
  readonly credentialsPath: string;
}

/** Where the AWS CLI's two files are: the variables, else below the home. */
export function configPaths({ env, home }: Pick<Runtime, 'env' | 'home'>): {
  config: string;
  credentials: string;
} {
  const whole = (path: string) => path.replace(/^~(?=\/|$)/, home);
  return {
    config: whole(env.AWS_CONFIG_FILE || '~/.aws/config'),
    credentials: whole(env.AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials')
  };
}

/** Read afresh each time: `aws configure` in a terminal must show at the next click. */
export async function readConfigFiles(
  runtime: Pick<Runtime, 'env' | 'home'>,
  readText: ReadText
): Promise<ConfigFiles> {
  const { config, credentials } = configPaths(runtime);
  const [configText, credentialsText] = await Promise.all([readText(config), readText(credentials)]);
  return { ...awsFiles(configText, credentialsText), configPath: config, credentialsPath: credentials };
}

/**
 * The profile in force: the setting (the CLI's `--profile`), then the variables in botocore's order.
 * `explicit` switches the environment's keys off, as `--profile` does.
 */
export function profileName(
  setting: string,
  env: Runtime['env']
): { name: string; explicit: boolean; source: string } {
  if (setting) {
    return { name: setting, explicit: true, source: 'the setting profile' };
  }
  const variable = (['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'] as const).find(name => env[name]);
  return variable
    ? { name: env[variable]!, explicit: false, source: `the variable ${variable}` }
    : { name: 'default', explicit: false, source: 'the default profile' };
}
