/**
 * The words of `aws codeartifact login` and of the two calls that scripts make in its place, read as the AWS CLI reads
 * them: three of Python's argparse in a row, each taking what it knows and handing on the rest, all with unambiguous
 * abbreviations. So `--re` is the global `--region` and never `--repository`.
 * Sources: awscli/argparser.py, awscli/data/cli.json, awscli/customizations/codeartifact/login.py.
 */

/** Options by name; whether a value follows. */
type Options = Readonly<Record<string, 'value' | 'switch'>>;

/** AWS CLI version 1's; version 2 has these as well. */
export const AWS_GLOBALS = {
  debug: 'switch',
  'endpoint-url': 'value',
  'no-verify-ssl': 'switch',
  'no-paginate': 'switch',
  output: 'value',
  query: 'value',
  profile: 'value',
  region: 'value',
  version: 'switch',
  color: 'value',
  'no-sign-request': 'switch',
  'ca-bundle': 'value',
  'cli-read-timeout': 'value',
  'cli-connect-timeout': 'value',
  'v2-debug': 'switch'
} as const satisfies Options;

/** Of version 2 alone: taken when they are written out. */
export const AWS_GLOBALS_2 = {
  'cli-binary-format': 'value',
  'cli-error-format': 'value',
  'cli-auto-prompt': 'switch',
  'no-cli-auto-prompt': 'switch',
  'no-cli-pager': 'switch'
} as const satisfies Options;

export const LOGIN_OPTIONS = {
  tool: 'value',
  domain: 'value',
  'domain-owner': 'value',
  namespace: 'value',
  'duration-seconds': 'value',
  repository: 'value',
  'endpoint-type': 'value',
  'dry-run': 'switch'
} as const satisfies Options;

const SKELETON = { 'cli-input-json': 'value', 'cli-input-yaml': 'value' } as const;

const OPERATIONS: Readonly<Record<string, Options>> = {
  __proto__: null as never,
  login: LOGIN_OPTIONS,
  'get-authorization-token': {
    domain: 'value',
    'domain-owner': 'value',
    'duration-seconds': 'value',
    ...SKELETON
  },
  'get-repository-endpoint': {
    domain: 'value',
    'domain-owner': 'value',
    repository: 'value',
    format: 'value',
    'endpoint-type': 'value',
    ...SKELETON
  }
};

/** A word and its place among those that were given. */
interface Arg {
  readonly text: string;
  readonly at: number;
}

/** A value, and the word it stands in; a switch has none. */
export interface AwsValue {
  readonly text: string;
  readonly at: number;
}

interface Known {
  readonly values: Readonly<Record<string, AwsValue>>;
  readonly positional: Arg | undefined;
  readonly rest: readonly Arg[];
}

/** What is wrong, as a sentence. */
class Wrong extends Error {}

/** The options that a word such as `--dom` or `--domain=x` can mean. */
export function optionsNamed(word: string, options: Options): string[] {
  const name = /^--([^=]+)/.exec(word)?.[1];
  if (name === undefined) {
    return [];
  }
  return Object.hasOwn(options, name)
    ? [name]
    : Object.keys(options).filter(option => option.startsWith(name));
}

const NEGATIVE = /^-(?:\d+|\d*\.\d+)$/;

/** argparse: `-`, negative numbers and what holds a blank are values, though they begin like an option. */
const isOption = ({ text }: Arg): boolean => text.startsWith('-') && text !== '-' && !NEGATIVE.test(text);

/** Python's ArgumentParser.parse_known_args, with one positional or none. */
function parseKnown(args: readonly Arg[], options: Options, wantsPositional: boolean): Known {
  const values: Record<string, AwsValue> = {};
  const rest: Arg[] = [];
  let positional: Arg | undefined;
  const kinds = args.map(arg => {
    const names = isOption(arg) ? optionsNamed(arg.text, options) : [];
    if (names.length > 1) {
      throw new Wrong(
        `${arg.text} could be any of ${names.map(name => `--${name}`).join(', ')}: write more of it.`
      );
    }
    return names[0] ?? (isOption(arg) && !arg.text.includes(' ') ? 'unknown' : '');
  });
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    const name = kinds[i];
    if (name === '') {
      if (wantsPositional && positional === undefined) {
        positional = arg;
      } else {
        rest.push(arg);
      }
    } else if (name === 'unknown' && !Object.hasOwn(options, 'unknown')) {
      rest.push(arg);
    } else {
      const equals = arg.text.indexOf('=');
      if (options[name] === 'switch') {
        if (equals >= 0) {
          throw new Wrong(`--${name} is a switch and takes no value.`);
        }
        values[name] = { text: '', at: arg.at };
      } else if (equals >= 0) {
        values[name] = { text: arg.text.slice(equals + 1), at: arg.at };
      } else if (kinds[i + 1] === '') {
        i += 1;
        values[name] = { text: args[i].text, at: args[i].at };
      } else {
        throw new Wrong(`--${name} needs a value behind it.`);
      }
    }
  }
  return { values, positional, rest };
}

export interface AwsCommand {
  readonly operation: string;
  /** Options of the AWS CLI and of the operation, by their whole names. */
  readonly values: Readonly<Record<string, AwsValue>>;
}

/**
 * The words behind `aws`: which of CodeArtifact's operations they are and its values, a sentence where the AWS CLI would
 * refuse them, null where they are something else.
 */
export function readAwsCommand(words: readonly string[]): AwsCommand | { readonly message: string } | null {
  // The AWS CLI stops at the first word that is none of its own; what stands behind is not looked at.
  const args = words.map((text, at): Arg => ({ text, at }));
  try {
    const ofVersion2 = args.filter(arg => !Object.hasOwn(AWS_GLOBALS_2, arg.text.slice(2)));
    const globals = parseKnown(ofVersion2, AWS_GLOBALS, true);
    if (globals.positional?.text !== 'codeartifact') {
      return null;
    }
    const service = parseKnown(globals.rest, {}, true);
    const operation = service.positional?.text ?? '';
    const options = OPERATIONS[operation];
    if (options === undefined) {
      return null;
    }
    const { values, rest } = parseKnown(service.rest, options, false);
    if (rest.length > 0) {
      throw new Wrong(`${operation} does not know ${rest.map(({ text }) => text).join(', ')}.`);
    }
    return { operation, values: { ...globals.values, ...values } };
  } catch (error) {
    if (error instanceof Wrong) {
      return { message: error.message };
    }
    throw error;
  }
}

/**
 * The words behind `jupyter codeartifact login` with every option of the AWS CLI written out, so that ours can be read
 * with them. `ours` are the flags that are not the AWS CLI's, which are taken as they are.
 */
export function spellOut(
  words: readonly string[],
  ours: readonly string[]
): readonly string[] | { readonly message: string } {
  const spelt: string[] = [];
  const whole: Options = { ...AWS_GLOBALS, ...AWS_GLOBALS_2, ...LOGIN_OPTIONS };
  for (const word of words) {
    const name = /^--([^=]+)/.exec(word)?.[1];
    const before = spelt.at(-1) ?? '';
    if (NEGATIVE.test(word) && before.startsWith('--') && whole[before.slice(2)] === 'value') {
      // A value to argparse; to Node's parseArgs only behind `=`.
      spelt[spelt.length - 1] = `${before}=${word}`;
      continue;
    }
    if (name === undefined || Object.hasOwn(whole, name) || ours.includes(name)) {
      spelt.push(word);
      continue;
    }
    const found = [AWS_GLOBALS, LOGIN_OPTIONS].map(o => optionsNamed(word, o)).find(o => o.length > 0) ?? [];
    if (found.length > 1) {
      return {
        message: `${word} could be any of ${found.map(one => `--${one}`).join(', ')}: write more of it.`
      };
    }
    spelt.push(found.length === 1 ? `--${found[0]}${word.slice(name.length + 2)}` : word);
  }
  return spelt;
}
