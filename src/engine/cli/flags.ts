import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CHECK_IDS, type CheckId } from '../../protocol/rung';
import { CLI_VERBS, type Verb } from '../../protocol/verbs';
import { SETTINGS, type SettingName } from '../../protocol/settings';
import { spellOut } from '../../protocol/aws-login';
import type { Command, ParsedCommandLine } from './command';
import { help } from './help';
import { LOGIN_WORDS, loginFlags, saidOf } from './login';
import { policyFlags } from './policy-flags';
import { suggest } from './suggest';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Every setting is a flag; a switch also has its opposite (`--no-auto-refresh`). */
export const SETTING_OPTIONS: Options = Object.assign(
  {},
  ...SETTINGS.map((s): Options =>
    s.kind === 'boolean'
      ? { [s.flag]: { type: 'boolean' }, [`no-${s.flag}`]: { type: 'boolean' } }
      : { [s.flag]: { type: 'string', multiple: s.kind === 'list' } }
  )
);

const COMMON: Options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };

const OF_VERB: Readonly<Record<Verb, Options>> = {
  connect: { 'dry-run': { type: 'boolean' } },
  status: {},
  diagnose: { rung: { type: 'string' }, list: { type: 'boolean' } },
  refresh: {},
  disconnect: {},
  policy: {
    for: { type: 'string' },
    as: { type: 'string' },
    role: { type: 'string' },
    account: { type: 'string' },
    organization: { type: 'string' },
    listing: { type: 'boolean' },
    publish: { type: 'boolean' }
  },
  settings: { explain: { type: 'boolean' }, check: { type: 'string' } },
  repositories: {},
  packages: { query: { type: 'string' }, package: { type: 'string' } },
  login: LOGIN_WORDS
};

/** Understands the words after `jupyter codeartifact`. Never throws for what a user typed. */
export function parseCommandLine(argv: readonly string[], version: string): ParsedCommandLine {
  const [word, ...rest] = argv;
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    return { kind: 'text', text: help(rest[0]) };
  }
  if (word === '--version') {
    return { kind: 'text', text: version };
  }
  if (!isVerb(word)) {
    const near = suggest(word, CLI_VERBS);
    return wrong(
      `There is no verb "${word}".${near ? ` Did you mean "${near}"?` : ''} The verbs are ${CLI_VERBS.join(', ')}.`
    );
  }
  const options: Options = { ...SETTING_OPTIONS, ...COMMON, ...OF_VERB[word] };
  const words = word === 'login' ? spellOut(rest, Object.keys(options)) : rest;
  if ('message' in words) {
    return wrong(words.message);
  }
  let values: Record<string, unknown>;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
      strict: true
    }));
  } catch (error) {
    return wrong(sentence(error, word, Object.keys(options)));
  }
  if (values.help || (word === 'login' && words[0] === 'help')) {
    return { kind: 'text', text: help(word) };
  }
  if (values.version) {
    return { kind: 'text', text: version };
  }
  return build(word, values, positionals);
}

function build(
  verb: Verb,
  values: Record<string, unknown>,
  positionals: readonly string[]
): ParsedCommandLine {
  const query = verb === 'packages' ? positionals.slice(0, 1) : [];
  const extra = positionals[query.length];
  if (extra !== undefined) {
    return wrong(
      `"${extra}" is one word too many for ${verb}. A value goes behind its flag, such as --domain analytics.`
    );
  }
  const rung = values.rung as string | undefined;
  if (rung !== undefined && !(CHECK_IDS as readonly string[]).includes(rung)) {
    return wrong(`There is no rung "${rung}". The rungs are ${CHECK_IDS.join(', ')}.`);
  }
  const policy = policyFlags(values);
  if ('message' in policy) {
    return wrong(policy.message);
  }
  const login = verb === 'login' ? loginFlags(values) : { flags: {}, login: undefined };
  if ('message' in login) {
    return wrong(login.message);
  }
  const command: Command = {
    verb,
    flags: { ...settingFlags(login.login ? saidOf(values) : values), ...login.flags },
    json: values.json === true,
    dryRun: values['dry-run'] === true,
    list: values.list === true,
    policy,
    query: (values.query as string | undefined) ?? query[0] ?? '',
    ...(login.login && { login: login.login }),
    packageName: (values.package as string | undefined) ?? '',
    ...(rung !== undefined && { rung: rung as CheckId })
  };
  return { kind: 'command', command };
}

/** The settings among the flags, as their kinds; what cannot be read stays text for validation to name. */
function settingFlags(values: Record<string, unknown>): Partial<Record<SettingName, unknown>> {
  const flags: Partial<Record<SettingName, unknown>> = {};
  for (const { name, flag, kind } of SETTINGS) {
    const value = values[flag];
    if (kind === 'boolean') {
      if (value === true || values[`no-${flag}`] === true) {
        flags[name] = value === true;
      }
    } else if (kind === 'number' && typeof value === 'string') {
      flags[name] = /^\d{1,9}$/.test(value) ? Number(value) : value;
    } else if (kind === 'list' && Array.isArray(value)) {
      flags[name] = value.flatMap(v => String(v).split(',')).filter(v => v !== '');
    } else if (value !== undefined) {
      flags[name] = value;
    }
  }
  return flags;
}

function sentence(error: unknown, verb: Verb, known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const flag = /Unknown option '-{1,2}([^'=]+)'/.exec(message)?.[1];
  if (flag !== undefined) {
    const near = suggest(flag, known);
    return `${verb} has no flag --${flag}.${near ? ` Did you mean --${near}?` : ''} "jupyter codeartifact ${verb} --help" lists them.`;
  }
  const missing = /'(?:-\w, )?--([\w-]+)(?![\w-])[^']*' argument (missing|is ambiguous)/.exec(message)?.[1];
  if (missing !== undefined) {
    return `--${missing} needs a value behind it.`;
  }
  const needless = /'(?:-\w, )?--([\w-]+)' does not take an argument/.exec(message)?.[1];
  return needless !== undefined ? `--${needless} is a switch and takes no value.` : message;
}

const isVerb = (word: string): word is Verb => (CLI_VERBS as readonly string[]).includes(word);
const wrong = (message: string): ParsedCommandLine => ({ kind: 'wrong', message });
