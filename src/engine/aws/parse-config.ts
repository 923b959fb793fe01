import { type IniProblem, readPythonIni, type Section } from './python-ini';
import { shellWords } from './shell-words';

export type { Section } from './python-ini';

/** What ~/.aws/config and ~/.aws/credentials say of one profile. */
export interface Profile {
  readonly config: Section;
  readonly credentials: Section;
  /** Both, the credentials file winning, as botocore's full_config has them. */
  readonly merged: Section;
}

export interface AwsFiles {
  /** Names in the order in which they stand. */
  readonly names: readonly string[];
  readonly profile: (name: string) => Profile | undefined;
  /** A section of another kind: `section('services', 'mine')`. */
  readonly section: (kind: 'services' | 'sso-session', name: string) => Section | undefined;
  /** The file that cannot be read, and where; the AWS CLI then answers nothing at all. */
  readonly problem?: IniProblem & { readonly file: 'config' | 'credentials' };
}

/**
 * The AWS CLI's two files as botocore has them (session.full_config, configloader.build_profile_map): in the config
 * file `[default]`, `[profile NAME]`, `[sso-session NAME]` and `[services NAME]`, of which a later one replaces an
 * earlier one of the same name as a whole; in the credentials file every title is a profile's name.
 */
export function awsFiles(config: string | null, credentials: string | null): AwsFiles {
  const ofConfig = readPythonIni(config ?? '');
  const ofCredentials = readPythonIni(credentials ?? '');
  const profiles = new Map<string, Section>();
  const others = { services: new Map<string, Section>(), 'sso-session': new Map<string, Section>() };
  for (const [title, section] of ofConfig.ok ? ofConfig.sections : []) {
    const kind = (['profile', 'sso-session', 'services'] as const).find(word => title.startsWith(word));
    const name = kind === undefined ? undefined : named(title);
    if (title === 'default') {
      profiles.set('default', section);
    } else if (kind !== undefined && name !== undefined) {
      (kind === 'profile' ? profiles : others[kind]).set(name, section);
    }
  }
  const shared = ofCredentials.ok ? ofCredentials.sections : new Map<string, Section>();
  const problem = !ofConfig.ok
    ? { ...ofConfig.problem, file: 'config' as const }
    : !ofCredentials.ok
      ? { ...ofCredentials.problem, file: 'credentials' as const }
      : undefined;
  return {
    names: [...new Set([...profiles.keys(), ...shared.keys()])],
    profile: name => {
      const left = profiles.get(name);
      const right = shared.get(name);
      return left || right
        ? { config: left ?? {}, credentials: right ?? {}, merged: { ...left, ...right } }
        : undefined;
    },
    section: (kind, name) => others[kind].get(name),
    ...(problem ? { problem } : {})
  };
}

/** `profile "my name"` to `my name`. botocore asks for two words, and not for a blank after the first. */
function named(title: string): string | undefined {
  const words = shellWords(title);
  return words?.length === 2 ? words[1] : undefined;
}
