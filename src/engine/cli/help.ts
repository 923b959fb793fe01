import { CLI_VERBS, type Verb, VERBS } from '../../protocol/verbs';
import { POLICY_KINDS } from '../diagnosis/policies/policies';
import { POLICY_FORMS } from './policy-flags';
import { SETTINGS } from '../../protocol/settings';

const EXITS =
  'Exit codes: 0 ok, 2 wrong usage or settings, 3 timeout, 4 access denied, 5 other failures, 1 a fault of this program.';

const about = (verb: Verb): string =>
  VERBS[verb].help.replace('KIND', POLICY_KINDS.join('|')).replace('FORM', POLICY_FORMS.join('|'));

/** The text of `--help`: made from the tables, so that it cannot fall behind them. */
export function help(verb?: string): string {
  const known = (CLI_VERBS as readonly string[]).includes(verb ?? '') ? (verb as Verb) : undefined;
  const head = known
    ? [`Usage: jupyter codeartifact ${known} [flags]`, '', `${about(known)}.`]
    : [
        'Usage: jupyter codeartifact VERB [flags]',
        '',
        'Connects pip to AWS CodeArtifact, keeps the token fresh and explains every failure.',
        '',
        'Verbs:',
        ...CLI_VERBS.map(v => `  ${v.padEnd(14)}${about(v)}`)
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
