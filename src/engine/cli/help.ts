import { VERBS, type Verb } from '../../protocol/request';
import { SETTINGS } from '../../protocol/settings';
import { POLICY_KINDS } from './command';

const ABOUT: Readonly<Record<Verb, string>> = {
  connect: 'Get a token and write the configuration of pip (--dry-run shows the change only)',
  status: 'Show the connection and its files; asks nobody',
  diagnose: 'Check every hop and say which one is broken (--rung ID, --list)',
  refresh: 'Get a new token now',
  disconnect: 'Put the configuration back as it was before Connect',
  policy: `Print a least-privilege policy (--for ${POLICY_KINDS.join('|')}; --listing for what the lists need too)`,
  repositories: 'List domains and repositories',
  packages: 'List what the repository holds (--query PREFIX, --package NAME for versions)',
  login: 'Takes what "aws codeartifact login" takes (--tool pip --domain ... --repository ...)'
};

const EXITS =
  'Exit codes: 0 ok, 2 wrong usage or settings, 3 timeout, 4 access denied, 5 other failures, 1 a fault of this program.';

/** The text of `--help`: made from the tables, so that it cannot fall behind them. */
export function help(verb?: string): string {
  const known = (VERBS as readonly string[]).includes(verb ?? '') ? (verb as Verb) : undefined;
  const head = known
    ? [`Usage: jupyter codeartifact ${known} [flags]`, '', `${ABOUT[known]}.`]
    : [
        'Usage: jupyter codeartifact VERB [flags]',
        '',
        'Connects pip to AWS CodeArtifact, keeps the token fresh and explains every failure.',
        '',
        'Verbs:',
        ...VERBS.map(v => `  ${v.padEnd(14)}${ABOUT[v]}`)
      ];
  const settings = SETTINGS.map(s => {
    const values = s.choices ? ` (${s.choices.map(c => c.value).join(', ')})` : '';
    const flag =
      s.kind === 'boolean' ? `--[no-]${s.flag}` : `--${s.flag} ${s.kind === 'number' ? 'N' : 'VALUE'}`;
    return `  ${flag.padEnd(32)}${s.description}${values}`;
  });
  return [
    ...head,
    '',
    'Flags:',
    `  ${'--json'.padEnd(32)}One JSON document on stdout instead of text`,
    `  ${'--user NAME'.padEnd(32)}Run as this user (root only; for lifecycle scripts)`,
    ...settings,
    '',
    EXITS
  ].join('\n');
}
