import { isName } from '../../../protocol/names';
import type { SettingName, SettingRow } from '../../../protocol/settings';
import { shown } from './invalid-settings';
import { distance } from 'fastest-levenshtein';

/** One sentence that names the setting, the rule and an example; undefined when the value keeps the rule. */
export type Rule = (value: unknown) => string | undefined;

/** The service refuses 1 to 899 although its model would let them pass (GetAuthorizationToken's reference). */
const SHORTEST_TOKEN = 900;
const LONGEST_TOKEN = 43200;

/** Larger than any fleet we know of; keeps the spread within nine hours. */
const LARGEST_FLEET = 1_000_000;

const domain: Rule = value => {
  const text = value as string;
  const lower = text.toLowerCase();
  return isName('domain', text)
    ? undefined
    : `domain must be 2 to 50 lower-case letters, digits and hyphens, beginning with a letter, such as my-domain: it is ${shown(text)}${
        isName('domain', lower) ? ` (did you mean ${lower}?)` : ''
      }.`;
};

const domainOwner: Rule = value => {
  const text = value as string;
  const digits = text.replace(/[\s-]/g, '');
  return isName('domainOwner', text)
    ? undefined
    : `domainOwner must be the 12 digits of an AWS account, such as 111122223333: it is ${shown(text)}${
        digits !== '' && isName('domainOwner', digits) ? ` (write ${digits})` : ''
      }.`;
};

const repository: Rule = value => {
  const text = value as string;
  return isName('repository', text)
    ? undefined
    : `repository must be 2 to 100 letters, digits, dots, hyphens and underscores, such as my-repository: it is ${shown(text)}${
        text.includes('/') ? " (give the repository's name alone, without the domain or a slash)" : ''
      }.`;
};

/** A line break or a bracket cannot be part of a section's name in ~/.aws/config. */
const profile: Rule = value =>
  /[\p{Cc}[\]]/u.test(value as string) || (value as string).length > 256
    ? `profile must be the name of a profile in ~/.aws/config, such as dev: it is ${shown(value)}.`
    : undefined;

const durationSeconds: Rule = value => {
  const seconds = value as number;
  const right =
    Number.isInteger(seconds) && (seconds === 0 || (seconds >= SHORTEST_TOKEN && seconds <= LONGEST_TOKEN));
  return right
    ? undefined
    : `durationSeconds must be a whole number from ${SHORTEST_TOKEN} to ${LONGEST_TOKEN}, such as 43200, or 0 for as long as the role's session: it is ${seconds}.`;
};

const fleetSize: Rule = value =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_FLEET
    ? undefined
    : `fleetSize must be a whole number from 0 to ${LARGEST_FLEET}, such as 200: it is ${value as number}.`;

const own: Partial<Record<SettingName, Rule>> = {
  domain,
  domainOwner,
  repository,
  profile,
  durationSeconds,
  fleetSize
};

/** The kind of the value first, then the setting's own rule. */
export function broken(row: SettingRow, value: unknown): string | undefined {
  return ofKind(row, value) ?? own[row.name]?.(value);
}

function ofKind(row: SettingRow, value: unknown): string | undefined {
  const values = row.choices?.map(choice => choice.value) ?? [];
  switch (row.kind) {
    case 'string':
      return typeof value === 'string'
        ? undefined
        : `${row.name} must be a text in quotes, such as "${example(row)}": it is ${shown(value)}.`;
    case 'number':
      return typeof value === 'number'
        ? undefined
        : `${row.name} must be a number, such as ${example(row)}: it is ${shown(value)}.`;
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : `${row.name} must be true or false: it is ${shown(value)}.`;
    case 'choice':
      return typeof value === 'string' && values.includes(value)
        ? undefined
        : `${row.name} must be ${either(values)}: it is ${shown(value)}${meant(value, values)}.`;
    case 'list': {
      if (!Array.isArray(value) || value.length === 0) {
        return `${row.name} must be a list of at least one of ${values.join(', ')}, such as ["${values[0]}"]: it is ${Array.isArray(value) ? 'empty' : shown(value)}.`;
      }
      const unknown = value.find(item => !values.includes(item as string));
      return unknown === undefined
        ? undefined
        : `${row.name} must be a list of ${either(values)}, such as ["${values[0]}"]: ${shown(unknown)} is none of them${meant(unknown, values)}.`;
    }
  }
}

const EXAMPLES: Partial<Record<SettingName, string>> = {
  domain: 'my-domain',
  domainOwner: '111122223333',
  repository: 'my-repository',
  region: 'us-east-1',
  profile: 'dev',
  apiEndpoint: 'https://vpce-….api.codeartifact.REGION.vpce.amazonaws.com',
  repositoriesEndpoint: 'https://vpce-….d.codeartifact.REGION.vpce.amazonaws.com',
  fleetSize: '200'
};

const example = (row: SettingRow): string => EXAMPLES[row.name] ?? String(row.default);

const either = (values: readonly string[]): string =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`;

function meant(value: unknown, values: readonly string[]): string {
  const near = typeof value === 'string' && values.find(known => distance(value.toLowerCase(), known) <= 2);
  return near ? ` (did you mean ${near}?)` : '';
}
