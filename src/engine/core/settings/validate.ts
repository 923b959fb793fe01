import { DEFAULT_SETTINGS, SETTINGS, type SettingName, type Settings } from '../../../protocol/settings';
import { checkEndpoint, type EndpointRules, regionOfHost } from './allowed-hosts';
import { type Outcome, done } from '../failure';
import { refused } from './invalid-settings';
import { checkRegion } from './regions';
import { broken } from './rules';
import { together, trans } from '../say';

export interface SettingProblem {
  readonly setting: SettingName;
  readonly message: string;
}

/**
 * Raw values to settings, or every problem at once, each one sentence with the rule and an example.
 * Nothing goes out with settings that fail here. A missing or null value takes its default; white space around a
 * text, which pasting brings, is dropped. `rules`: what the server's administrator and the environment allow.
 */
export function validate(
  raw: Partial<Record<SettingName, unknown>>,
  rules: EndpointRules = {}
): Outcome<Settings> {
  const problems: SettingProblem[] = [];
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const row of SETTINGS) {
    const given = Object.hasOwn(raw, row.name) ? raw[row.name] : undefined;
    const value = given === undefined || given === null ? row.default : tidy(given);
    const message = broken(row, value);
    if (message) {
      problems.push({ setting: row.name, message });
    }
    settings[row.name] = message ? DEFAULT_SETTINGS[row.name] : value;
  }
  const read = settings as unknown as Settings;
  problems.push(...ofRegion(read), ...ofEndpoints(read, rules));
  if (problems.length === 0) {
    return done(read);
  }
  const order = SETTINGS.map(row => row.name);
  problems.sort((a, b) => order.indexOf(a.setting) - order.indexOf(b.setting));
  return refused(together(...problems.map(p => p.message)), { problems });
}

/** Settings that say how, not where: without a value of their own that can be used, their default will do. */
const REPLACEABLE: readonly SettingName[] = [
  'durationSeconds',
  'tools',
  'autoConnect',
  'autoRefresh',
  'offerOnLoginCells',
  'fleetSize'
];

/**
 * The same values with defaults in place of those that are wrong and whose default will do, and a sentence for each:
 * one slip in a file must not keep everything else from working. `firm`: what was given on purpose, such as a flag or
 * an administrator's pin, is never replaced.
 */
export function withDefaults(
  raw: Partial<Record<SettingName, unknown>>,
  firm: readonly string[]
): { readonly settings: Partial<Record<SettingName, unknown>>; readonly notes: readonly string[] } {
  const wrong = SETTINGS.flatMap(row => {
    const given = Object.hasOwn(raw, row.name) ? raw[row.name] : undefined;
    const message =
      given === undefined || given === null || firm.includes(row.name) || !REPLACEABLE.includes(row.name)
        ? undefined
        : broken(row, tidy(given));
    return message ? [{ row, message }] : [];
  });
  return {
    settings: { ...raw, ...Object.fromEntries(wrong.map(({ row }) => [row.name, row.default])) },
    notes: wrong.map(({ row, message }) =>
      together(message, trans.__('%1 is used instead.', [row.default].flat().join(', ')))
    )
  };
}

/** What a verb cannot do without: `connect` needs a domain and a repository, `status` nothing. */
export function requireSettings(
  settings: Settings,
  names: readonly ('domain' | 'domainOwner' | 'repository')[]
): Outcome<Settings> {
  const problems = names
    .filter(name => settings[name] === '')
    .map(name => ({ setting: name, message: trans.__('%1 is not set: %2.', name, WHERE[name]) }));
  return problems.length === 0
    ? done(settings)
    : refused(together(...problems.map(p => p.message)), { problems });
}

const WHERE = {
  domain: trans.__('give the name of the CodeArtifact domain, such as my-domain'),
  domainOwner: trans.__('give the 12 digits of the AWS account that owns the domain, such as 111122223333'),
  repository: trans.__('give the name of the CodeArtifact repository, such as my-repository')
} as const;

function tidy(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : Array.isArray(value) ? [...new Set(value)] : value;
}

function ofRegion(settings: Settings): SettingProblem[] {
  const checked = settings.region ? checkRegion(settings.region, settings.apiEndpoint !== '') : done('');
  return checked.ok ? [] : [{ setting: 'region', message: checked.failure.summary }];
}

const ENDPOINTS = ['apiEndpoint', 'repositoriesEndpoint'] as const;

function ofEndpoints(settings: Settings, rules: EndpointRules): SettingProblem[] {
  return ENDPOINTS.flatMap((name): SettingProblem[] => {
    const url = settings[name];
    const checked = url ? checkEndpoint(url, { region: settings.region, ...rules }, name) : done(undefined);
    if (!checked.ok) {
      return [{ setting: name, message: checked.failure.summary }];
    }
    return url ? swapped(name, url) : [];
  });
}

/** The two VPC endpoints have like names; the wrong one answers with errors that lead nowhere. */
function swapped(name: (typeof ENDPOINTS)[number], url: string): SettingProblem[] {
  const host = new URL(url).hostname;
  const [right, wrong] =
    name === 'apiEndpoint'
      ? ['.api.codeartifact.', '.d.codeartifact.']
      : ['.d.codeartifact.', '.api.codeartifact.'];
  if (regionOfHost(host) === undefined || !host.includes(wrong)) {
    return [];
  }
  const message = trans.__(
    '%1 must be a host with "%2" in its name, as in https://vpce-…%2REGION.vpce.amazonaws.com: "%3" is the other endpoint\'s.',
    name,
    right,
    wrong
  );
  return [{ setting: name, message }];
}
