import { type Failure, failure } from '../core/failure';
import { type AwsFiles, awsFiles, type Profile } from './parse-config';
import type { Runtime } from '../runtime/runtime';
import type { ReadText } from './read-text';

export interface ConfigFiles extends AwsFiles {
  readonly configPath: string;
  readonly credentialsPath: string;
}

/** Where the AWS CLI's two files are: the variables, in which `$NAME` and `~` are replaced, else below the home. */
export function configPaths({ env, home }: Pick<Runtime, 'env' | 'home'>): {
  config: string;
  credentials: string;
} {
  const whole = (path: string) =>
    path
      .replace(/\$(?:(\w+)|\{([^}]*)\})/g, (all, plain?: string, braced?: string) => {
        return env[plain ?? braced ?? ''] ?? all;
      })
      .replace(/^~(?=\/|$)/, home);
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

/** The profile in force, and who names it. */
export interface ProfileChoice {
  readonly name: string;
  /** Named by the setting, as by the AWS CLI's `--profile`: the environment's keys are not asked. */
  readonly explicit: boolean;
  /** `setting`, the variable's name, or `default` where nobody names one. */
  readonly by: 'setting' | 'AWS_DEFAULT_PROFILE' | 'AWS_PROFILE' | 'default';
}

/** The setting (the CLI's `--profile`), then the variables in botocore's order (configprovider). */
export function profileName(setting: string, env: Runtime['env']): ProfileChoice {
  if (setting) {
    return { name: setting, explicit: true, by: 'setting' };
  }
  const variable = (['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'] as const).find(name => env[name]);
  return variable
    ? { name: env[variable]!, explicit: false, by: variable }
    : { name: 'default', explicit: false, by: 'default' };
}

/** The two files, the profile in force and what of it cannot be used. */
export interface AwsConfiguration {
  readonly files: ConfigFiles;
  readonly choice: ProfileChoice;
  readonly profile: Profile | undefined;
  /** A file that is no such file, or a profile that was named and is nowhere: the AWS CLI then does nothing at all. */
  readonly broken?: Failure;
}

/** The one reading of ~/.aws/config and ~/.aws/credentials: all that is decided by them is decided from here. */
export async function readConfiguration(
  runtime: Pick<Runtime, 'env' | 'home'>,
  setting: string,
  readText: ReadText
): Promise<AwsConfiguration> {
  const files = await readConfigFiles(runtime, readText);
  const choice = profileName(setting, runtime.env);
  const profile = files.profile(choice.name);
  const broken = unparsable(files) ?? (profile ? undefined : missing(choice, files));
  return { files, choice, profile, ...(broken ? { broken } : {}) };
}

function unparsable(files: ConfigFiles): Failure | undefined {
  const { problem, configPath, credentialsPath } = files;
  return (
    problem &&
    failure('aws_config_unparsable', {
      path: problem.file === 'config' ? configPath : credentialsPath,
      line: problem.line,
      problem: problem.what
    })
  );
}

/** What names the profile; of `default` nobody has to. */
export const namedBy = (by: Exclude<ProfileChoice['by'], 'default'>): string =>
  by === 'setting' ? 'the setting `profile`' : `the variable \`${by}\``;

/** A profile that was named must be there; `default` may be missing. */
function missing({ name, by }: ProfileChoice, files: ConfigFiles): Failure | undefined {
  return by === 'default'
    ? undefined
    : failure('profile_missing', {
        source: `profile ${name}`,
        profile: name,
        namedBy: namedBy(by),
        profiles: files.names,
        path: files.configPath
      });
}
