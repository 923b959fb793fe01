type Section = Readonly<Record<string, string>>;

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
  readonly section: (kind: string, name: string) => Section | undefined;
}

/**
 * The AWS CLI's two files, read as botocore's configloader reads them: configparser's lines, sections
 * `default`, `profile NAME` and `KIND NAME`, and indented lines below an empty value as `KEY.INNER`.
 */
export function awsFiles(config: string | null, credentials: string | null): AwsFiles {
  const ofConfig = sections(config ?? '');
  const ofCredentials = sections(credentials ?? '');
  const profiles = new Map<string, Section>();
  for (const [title, section] of ofConfig) {
    const name = title === 'default' ? 'default' : named(title, 'profile');
    if (name !== undefined) {
      profiles.set(name, { ...profiles.get(name), ...section });
    }
  }
  return {
    names: [...new Set([...profiles.keys(), ...ofCredentials.keys()])],
    profile: name => {
      const left = profiles.get(name);
      const right = ofCredentials.get(name);
      return left || right
        ? { config: left ?? {}, credentials: right ?? {}, merged: { ...left, ...right } }
        : undefined;
    },
    section: (kind, name) => {
      const title = [...ofConfig.keys()].find(key => named(key, kind) === name);
      return title === undefined ? undefined : ofConfig.get(title);
    }
  };
}

/** `profile "my name"` to `my name`. */
function named(title: string, kind: string): string | undefined {
  const match = /^(\S+)\s+(?:"([^"]*)"|'([^']*)'|(\S+))$/.exec(title);
  return match?.[1] === kind ? (match[2] ?? match[3] ?? match[4]) : undefined;
}

function sections(text: string): Map<string, Section> {
  const found = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  let above = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const plain = line.trim();
    if (plain === '' || plain.startsWith('#') || plain.startsWith(';')) {
      continue;
    }
    const title = /^\[([^\]]+)\]/.exec(line);
    if (title) {
      const name = title[1].trim();
      section = found.get(name) ?? {};
      found.set(name, section);
      above = '';
      continue;
    }
    const at = plain.search(/[=:]/);
    if (!section || at < 1) {
      continue;
    }
    const indented = /^\s/.test(line) && above !== '';
    const key = plain.slice(0, at).trim().toLowerCase();
    if (!indented) {
      above = key;
    }
    section[indented ? `${above}.${key}` : key] = plain.slice(at + 1).trim();
  }
  return found;
}
