import { isName } from '../../../protocol/names';
import type { SettingName, SettingRow } from '../../../protocol/settings';
import { shown } from './invalid-settings';
import { distance } from 'fastest-levenshtein';
import { trans } from '../say';

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
    : trans.__(
        'domain must be 2 to 50 lower-case letters, digits and hyphens, beginning with a letter, such as my-domain: it is %1.',
        isName('domain', lower) ? trans.__('%1 (did you mean %2?)', shown(text), lower) : shown(text)
      );
};

const domainOwner: Rule = value => {
  const text = value as string;
  const digits = text.replace(/[\s-]/g, '');
  return isName('domainOwner', text)
    ? undefined
    : trans.__(
        'domainOwner must be the 12 digits of an AWS account, such as 111122223333: it is %1.',
        digits !== '' && isName('domainOwner', digits)
          ? trans.__('%1 (write %2)', shown(text), digits)
          : shown(text)
      );
};

const repository: Rule = value => {
  const text = value as string;
  return isName('repository', text)
    ? undefined
    : trans.__(
        'repository must be 2 to 100 letters, digits, dots, hyphens and underscores, such as my-repository: it is %1.',
        text.includes('/')
          ? trans.__("%1 (give the repository's name alone, without the domain or a slash)", shown(text))
          : shown(text)
      );
};

/** A line break or a bracket cannot be part of a section's name in ~/.aws/config. */
const profile: Rule = value =>
  /[\p{Cc}[\]]/u.test(value as string) || (value as string).length > 256
    ? trans.__('profile must be the name of a profile in ~/.aws/config, such as dev: it is %1.', shown(value))
    : undefined;

const durationSeconds: Rule = value => {
  const seconds = value as number;
  const right =
    Number.isInteger(seconds) && (seconds === 0 || (seconds >= SHORTEST_TOKEN && seconds <= LONGEST_TOKEN));
  return right
    ? undefined
    : trans.__(
        "durationSeconds must be a whole number from %1 to %2, such as 43200, or 0 for as long as the role's session: it is %3.",
        SHORTEST_TOKEN,
        LONGEST_TOKEN,
        seconds
      );
};

const fleetSize: Rule = value =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_FLEET
    ? undefined
    : trans.__(
        'fleetSize must be a whole number from 0 to %1, such as 200: it is %2.',
        LARGEST_FLEET,
        value as number
      );

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
        : trans.__(
            '%1 must be a text in quotes, such as "%2": it is %3.',
            row.name,
            example(row),
            shown(value)
          );
    case 'number':
      return typeof value === 'number'
        ? undefined
        : trans.__('%1 must be a number, such as %2: it is %3.', row.name, example(row), shown(value));
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : trans.__('%1 must be true or false: it is %2.', row.name, shown(value));
    case 'choice':
      return typeof value === 'string' && values.includes(value)
        ? undefined
        : trans.__('%1 must be %2: it is %3.', row.name, either(values), meant(value, values));
    case 'list': {
      if (!Array.isArray(value) || value.length === 0) {
        return trans.__(
          '%1 must be a list of at least one of %2, such as ["%3"]: it is %4.',
          row.name,
          values.join(', '),
          values[0],
          Array.isArray(value) ? trans.__('empty') : shown(value)
        );
      }
      const unknown = value.find(item => !values.includes(item as string));
      return unknown === undefined
        ? undefined
        : trans.__(
            '%1 must be a list of %2, such as ["%3"]: %4.',
            row.name,
            either(values),
            values[0],
            noneOfThem(unknown, values)
          );
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
  values.length < 2
    ? values.join('')
    : trans.__('%1 or %2', values.slice(0, -1).join(', '), values[values.length - 1]);

const noneOfThem = (value: unknown, values: readonly string[]): string => {
  const near = nearestTo(value, values);
  return near
    ? trans.__('%1 is none of them (did you mean %2?)', shown(value), near)
    : trans.__('%1 is none of them', shown(value));
};

const nearestTo = (value: unknown, values: readonly string[]): string | undefined =>
  typeof value === 'string' ? values.find(known => distance(value.toLowerCase(), known) <= 2) : undefined;

function meant(value: unknown, values: readonly string[]): string {
  const near = nearestTo(value, values);
  return near ? trans.__('%1 (did you mean %2?)', shown(value), near) : shown(value);
}
