import { type Failure, failure } from '../core/failure';
import { type AwsFiles, awsFiles, type Profile } from './parse-config';
import type { Runtime } from '../runtime/runtime';
import type { ReadText } from './read-text';
import { trans } from '../core/say';

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

/** The setting, and what says so in place of the settings editor: an option, or an administrator's file. */
export interface ProfileSetting {
  readonly profile: string;
  readonly profileBy?: string;
}

/** The two files, the profile in force and what of it cannot be used. */
export interface AwsConfiguration {
  readonly files: ConfigFiles;
  readonly choice: ProfileChoice;
  readonly profile: Profile | undefined;
  /** A file that is no such file, or a profile that was named and is nowhere: the AWS CLI then does nothing at all. */
  readonly broken?: Failure;
  /** Who names the profile, in words; absent where nobody does. */
  readonly namedBy?: string;
}

/** The one reading of ~/.aws/config and ~/.aws/credentials: all that is decided by them is decided from here. */
export async function readConfiguration(
  runtime: Pick<Runtime, 'env' | 'home'>,
  { profile: setting, profileBy }: ProfileSetting,
  readText: ReadText
): Promise<AwsConfiguration> {
  const files = await readConfigFiles(runtime, readText);
  const choice = profileName(setting, runtime.env);
  const profile = files.profile(choice.name);
  const named = choice.by === 'default' ? undefined : namedBy(choice.by, profileBy);
  const broken = unparsable(files) ?? (profile ? undefined : missing(choice, files, named));
  return {
    files,
    choice,
    profile,
    ...(named === undefined ? {} : { namedBy: named }),
    ...(broken ? { broken } : {})
  };
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
const namedBy = (
  by: Exclude<ProfileChoice['by'], 'default'>,
  profileBy: ProfileSetting['profileBy'] = trans.__('the setting `profile`')
): string => (by === 'setting' ? profileBy : trans.__('the variable `%1`', by));

/** A profile that was named must be there; `default` may be missing. */
function missing(
  { name }: ProfileChoice,
  files: ConfigFiles,
  named: string | undefined
): Failure | undefined {
  return named === undefined
    ? undefined
    : failure('profile_missing', {
        source: `profile ${name}`,
        profile: name,
        namedBy: named,
        profiles: files.names,
        path: files.configPath
      });
}
