import * as z from 'zod/mini';
import { TOOL, TOOLS } from './tools';

/**
 * The settings, after every layer is merged. Empty string means "not set".
 * Limits: CodeArtifact's API model (domain, repository, owner, duration) and design.md.
 */
export interface Settings {
  /** 2 to 50 characters, `[a-z][a-z0-9-]{0,48}[a-z0-9]`. */
  readonly domain: string;
  /** The AWS account that owns the domain, 12 digits. */
  readonly domainOwner: string;
  /** 2 to 100 characters, `[A-Za-z0-9][A-Za-z0-9._-]{1,99}`. */
  readonly repository: string;
  readonly region: string;
  readonly profile: string;
  readonly apiEndpoint: string;
  readonly repositoriesEndpoint: string;
  readonly endpointType: 'ipv4' | 'dualstack';
  /** Seconds; 0 (as long as the role's session) or 900 to 43200. */
  readonly durationSeconds: number;
  readonly tools: readonly (typeof TOOLS)[number][];
  readonly scope: 'user' | 'site' | 'global';
  readonly indexMode: 'index-url' | 'extra-index-url';
  readonly credentials: 'netrc' | 'inline';
  readonly autoConnect: boolean;
  readonly autoRefresh: boolean;
  readonly offerOnLoginCells: boolean;
  /** How many notebooks start at once; spreads automatic calls. 0 = one. */
  readonly fleetSize: number;
}

export type SettingName = keyof Settings;

/** One row of the settings table: what flags, help, the schema file and validation are made from. */
export interface SettingRow {
  readonly name: SettingName;
  /** The command line's flag, such as `domain-owner`. */
  readonly flag: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'choice' | 'list';
  /** For `choice` and `list`: value and its title. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
  readonly default: Settings[SettingName];
}

const kebab = (name: string) => name.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`);

const row = (
  name: SettingName,
  kind: SettingRow['kind'],
  title: string,
  description: string,
  value: Settings[SettingName],
  choices?: SettingRow['choices']
): SettingRow => ({ name, flag: kebab(name), kind, title, description, default: value, choices });

/** Every setting, in the order of the settings editor. `schema/plugin.json` is made from it. */
export const SETTINGS: readonly SettingRow[] = [
  row(
    'domain',
    'string',
    'Domain',
    'The CodeArtifact domain: 2 to 50 lower-case letters, digits and hyphens.',
    ''
  ),
  row('domainOwner', 'string', 'Domain owner', 'The AWS account that owns the domain: 12 digits.', ''),
  row(
    'repository',
    'string',
    'Repository',
    'The CodeArtifact repository that pip should use: 2 to 100 letters, digits, dots, hyphens and underscores.',
    ''
  ),
  row(
    'region',
    'string',
    'Region',
    "The domain's AWS Region, such as us-east-1. Empty: as the AWS CLI finds it.",
    ''
  ),
  row('profile', 'string', 'AWS profile', 'A profile of ~/.aws/config. Empty: the default chain.', ''),
  row(
    'apiEndpoint',
    'string',
    'API endpoint',
    'Where the API is reached without private DNS, such as https://vpce-….api.codeartifact.REGION.vpce.amazonaws.com.',
    ''
  ),
  row(
    'repositoriesEndpoint',
    'string',
    'Repositories endpoint',
    'Where packages are reached without private DNS, such as https://vpce-….d.codeartifact.REGION.vpce.amazonaws.com.',
    ''
  ),
  row('endpointType', 'choice', 'Endpoint type', 'Which kind of public endpoint name to use.', 'ipv4', [
    { value: 'ipv4', title: 'IPv4' },
    { value: 'dualstack', title: 'Dual-stack' }
  ]),
  row(
    'durationSeconds',
    'number',
    'Token duration',
    "Seconds a token lives: 900 to 43200, or 0 for as long as the role's session.",
    43200
  ),
  row(
    'tools',
    'list',
    'Package tools',
    'The package tools whose configuration Connect writes.',
    ['pip'],
    TOOLS.map(tool => ({ value: tool, title: TOOL[tool].title }))
  ),
  row('scope', 'choice', 'Scope', 'Which pip configuration file is written.', 'user', [
    { value: 'user', title: 'User: every environment of this user' },
    { value: 'site', title: 'Site: one Python environment' },
    { value: 'global', title: 'Global: the whole machine' }
  ]),
  row(
    'indexMode',
    'choice',
    'Index mode',
    'How the repository stands beside other indexes. With one more index, pip is open to dependency confusion.',
    'index-url',
    [
      { value: 'index-url', title: 'The only index (index-url)' },
      { value: 'extra-index-url', title: 'One more index (extra-index-url)' }
    ]
  ),
  row('credentials', 'choice', 'Credentials', 'Where the token is written.', 'netrc', [
    { value: 'netrc', title: 'In ~/.netrc, apart from the configuration' },
    { value: 'inline', title: 'In the index URL, as "aws codeartifact login" does' }
  ]),
  row(
    'autoConnect',
    'boolean',
    'Connect automatically',
    'Connect when the server starts and a repository is set.',
    false
  ),
  row('autoRefresh', 'boolean', 'Renew automatically', 'Get a new token before the present one ends.', true),
  row(
    'offerOnLoginCells',
    'boolean',
    'Help at cells',
    'Offer the panel beside a cell that runs "aws codeartifact login", and say why under a cell whose pip fails at the repository.',
    true
  ),
  row(
    'fleetSize',
    'number',
    'Fleet size',
    'How many notebooks may start at the same moment; automatic calls are spread to keep to the quota.',
    0
  )
];

/** The settings when nobody has set anything. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTINGS.map(s => [s.name, s.default])
) as unknown as Settings;

/** Settings as they travel: types only; what values may be is `pure/settings`' business. */
export const SettingsSchema = z.object({
  domain: z.string(),
  domainOwner: z.string(),
  repository: z.string(),
  region: z.string(),
  profile: z.string(),
  apiEndpoint: z.string(),
  repositoriesEndpoint: z.string(),
  endpointType: z.enum(['ipv4', 'dualstack']),
  durationSeconds: z.number(),
  tools: z.array(z.enum(TOOLS)),
  scope: z.enum(['user', 'site', 'global']),
  indexMode: z.enum(['index-url', 'extra-index-url']),
  credentials: z.enum(['netrc', 'inline']),
  autoConnect: z.boolean(),
  autoRefresh: z.boolean(),
  offerOnLoginCells: z.boolean(),
  fleetSize: z.number()
});
