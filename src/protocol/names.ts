/**
 * What names may be: limits of the service's API model (DomainName, AccountId, RepositoryName). One place for the
 * engine's rules, the settings editor's schema and the panel's forms.
 */
export const NAME_PATTERNS = {
  domain: '[a-z][a-z0-9-]{0,48}[a-z0-9]',
  domainOwner: '\\d{12}',
  repository: '[A-Za-z0-9][A-Za-z0-9._-]{1,99}',
  region: '[a-z]{2,5}(?:-[a-z]{1,16}){1,3}-\\d{1,2}'
} as const;

export type NameSetting = keyof typeof NAME_PATTERNS;

/** Whether a value can be this name; an empty one is "not set". */
export const isName = (setting: NameSetting, value: string): boolean =>
  value === '' || new RegExp(`^(?:${NAME_PATTERNS[setting]})$`).test(value);
