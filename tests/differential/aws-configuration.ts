/** One configuration: what the environment says, and the two files. `@` in a path stands for the user's home. */
export interface Configuration {
  readonly env: Readonly<Record<string, string>>;
  readonly config: string | null;
  readonly credentials: string | null;
  /** The setting, the AWS CLI's --profile. */
  readonly profile: string;
}

export type Random = () => number;

/** Steady for a seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const REGIONS = ['eu-west-1', 'us-east-1', 'us-east-2', 'ap-northeast-1', 'eu-central-1', 'eu-north-1'];
const NAMES = ['default', 'dev', 'base', 'two words', 'ops', 'x.y'];
const BOOLEANS = ['true', 'True', 'false', '1', 'yes', ''];

/** What a profile can say, and how often. */
const KEYS: readonly (readonly [string, number, (one: Pick) => string])[] = [
  ['region', 0.4, one => one(REGIONS)],
  ['region', 0.02, () => ''],
  ['aws_access_key_id', 0.3, one => one(['AKIDONE', 'AKIDTWO', ' AKID ; not a comment', ''])],
  ['aws_secret_access_key', 0.32, one => one(['sec/ret', 'a#b', 'a #b', ''])],
  ['aws_session_token', 0.1, one => one(['tok', ''])],
  ['aws_security_token', 0.04, one => one(['old', ''])],
  ['role_arn', 0.25, one => one(['arn:aws:iam::111122223333:role/Data', 'arn:aws:iam::1:role/p/X', ''])],
  ['source_profile', 0.25, one => one([...NAMES, 'nowhere', ''])],
  [
    'credential_source',
    0.1,
    one => one(['Environment', 'EcsContainer', 'Ec2InstanceMetadata', 'environment', 'Nope'])
  ],
  ['mfa_serial', 0.08, () => 'arn:aws:iam::1:mfa/me'],
  ['external_id', 0.08, () => 'ext'],
  ['role_session_name', 0.08, () => 'named'],
  ['duration_seconds', 0.08, one => one(['900', ' 3600', 'long', '1.5'])],
  ['web_identity_token_file', 0.07, one => one(['/run/other', '/run/token', ''])],
  ['sso_session', 0.1, one => one(['corp', 'lab', 'nowhere'])],
  ['sso_account_id', 0.12, one => one(['111122223333', '444455556666'])],
  ['sso_role_name', 0.12, () => 'Data'],
  ['sso_start_url', 0.1, () => 'https://corp.awsapps.com/start#/'],
  ['sso_region', 0.1, one => one(REGIONS)],
  ['credential_process', 0.07, one => one(['/bin/give --me "two words" # x', "a 'b", 'echo $HOME;id', ''])],
  ['login_session', 0.04, () => 'arn:aws:iam::1:user/me'],
  ['endpoint_url', 0.1, one => one(['https://own.example', 'http://127.0.0.1:9', ''])],
  ['services', 0.1, one => one(['mine', 'empty', 'nowhere'])],
  ['ignore_configured_endpoint_urls', 0.12, one => one(BOOLEANS)],
  ['use_fips_endpoint', 0.12, one => one(BOOLEANS)],
  ['use_dualstack_endpoint', 0.12, one => one(BOOLEANS)],
  ['sts_regional_endpoints', 0.08, one => one(['legacy', 'regional'])],
  ['ca_bundle', 0.08, () => '/etc/corp.pem'],
  ['s3', 0.06, () => '\n  max_concurrent_requests = 20\n  region = eu-west-3'],
  ['output', 0.1, () => 'json']
];

/** Profiles that are whole, so that what comes after the choice is judged as well. */
const WHOLE: readonly (readonly (readonly [string, string])[])[] = [
  [
    ['aws_access_key_id', 'AKIDWHOLE'],
    ['aws_secret_access_key', 'sec']
  ],
  [
    ['role_arn', 'arn:aws:iam::111122223333:role/Data'],
    ['source_profile', 'base']
  ],
  [
    ['role_arn', 'arn:aws:iam::111122223333:role/Other'],
    ['credential_source', 'Ec2InstanceMetadata']
  ],
  [
    ['role_arn', 'arn:aws:iam::111122223333:role/Mfa'],
    ['credential_source', 'Ec2InstanceMetadata'],
    ['mfa_serial', 'arn:aws:iam::1:mfa/me']
  ],
  [
    ['sso_session', 'corp'],
    ['sso_account_id', '111122223333'],
    ['sso_role_name', 'Data']
  ],
  [
    ['sso_account_id', '111122223333'],
    ['sso_role_name', 'Data'],
    ['sso_start_url', 'https://corp.awsapps.com/start#/'],
    ['sso_region', 'eu-west-1']
  ]
];

/** Few of the rest, so that most of these stay whole. */
const BESIDE = 0.35;

const VARIABLES: readonly (readonly [string, number, (one: Pick) => string])[] = [
  ['AWS_PROFILE', 0.25, one => one([...NAMES, ...NAMES, 'nowhere', ''])],
  ['AWS_DEFAULT_PROFILE', 0.1, one => one([...NAMES, 'nowhere', ''])],
  ['AWS_REGION', 0.15, one => one([...REGIONS, ''])],
  ['AWS_DEFAULT_REGION', 0.25, one => one([...REGIONS, ''])],
  ['AWS_ACCESS_KEY_ID', 0.12, one => one(['AKIDENV', ''])],
  ['AWS_SECRET_ACCESS_KEY', 0.12, one => one(['sec', ''])],
  ['AWS_SESSION_TOKEN', 0.08, one => one(['tok', ''])],
  ['AWS_SECURITY_TOKEN', 0.03, one => one(['old', ''])],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 0.08, one => one(['/run/token', ''])],
  ['AWS_ROLE_ARN', 0.1, one => one(['arn:aws:iam::9:role/Pod', ''])],
  ['AWS_ROLE_SESSION_NAME', 0.05, () => 'pod'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 0.08, one => one(['/v2/x', ''])],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 0.05, one => one(['http://localhost/x', ''])],
  ['AWS_ENDPOINT_URL', 0.1, one => one(['https://all.example', ''])],
  ['AWS_ENDPOINT_URL_CODEARTIFACT', 0.1, one => one(['https://ca.example', ''])],
  ['AWS_ENDPOINT_URL_STS', 0.08, one => one(['https://sts.example', ''])],
  ['AWS_ENDPOINT_URL_SSO', 0.05, one => one(['https://sso.example', ''])],
  ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 0.15, one => one(BOOLEANS)],
  ['AWS_USE_FIPS_ENDPOINT', 0.12, one => one(BOOLEANS)],
  ['AWS_USE_DUALSTACK_ENDPOINT', 0.12, one => one(BOOLEANS)],
  ['AWS_STS_REGIONAL_ENDPOINTS', 0.05, one => one(['legacy', 'regional'])],
  ['AWS_CA_BUNDLE', 0.06, () => '/etc/env.pem'],
  ['AWS_CONFIG_FILE', 0.05, one => one(['~/.aws/config', '$HOME/.aws/config', '${HOME}/.aws/nope', ''])],
  ['AWS_SHARED_CREDENTIALS_FILE', 0.05, one => one(['~/.aws/credentials', '@/.aws/config', ''])]
];

type Pick = <T>(from: readonly T[]) => T;

/** A configuration such as people have, with all the ways to write it, and now and then a broken line. */
export function someConfiguration(random: Random): Configuration {
  const chance = (p: number) => random() < p;
  const one: Pick = from => from[Math.floor(random() * from.length)];
  const chosen = (list: typeof KEYS, scale = 1) =>
    list.filter(([, p]) => chance(p * scale)).map(([name, , value]) => [name, value(one)] as const);

  const option = ([name, value]: readonly [string, string], indent: string): string => {
    const key = chance(0.05) ? name.toUpperCase() : name;
    return `${indent}${key}${one([' = ', '=', ': ', '\t=\t', ' =  '])}${value}${chance(0.05) ? '  ' : ''}`;
  };
  const noise = (): string[] => [
    ...(chance(0.08) ? [one(['# comment', ';x = y', '  # indented', '', '   '])] : []),
    ...(chance(0.001) ? [one(['no value', '= nothing', '[unclosed'])] : [])
  ];
  const body = (options: readonly (readonly [string, string])[]): string[] => {
    // All of a section may be indented: the first line decides how deep.
    const indent = chance(0.08) ? '  ' : '';
    const once = new Map(options);
    const lines = (chance(0.01) ? options : [...once]).flatMap(each => [...noise(), option(each, indent)]);
    return lines;
  };
  const titled = (kind: string, name: string): string => {
    const quoted = name.includes(' ') || chance(0.15) ? one([`"${name}"`, `'${name}'`]) : name;
    const written = chance(0.02) ? one([name, `${quoted} extra`, `"${name}`]) : quoted;
    return `[${kind}${one([' ', ' ', '  ', '\t'])}${written}]${one(['', '', ' # x'])}`;
  };
  const configSection = (name: string): string[] => [
    name === 'default' && chance(0.9) ? '[default]' : titled('profile', name),
    ...body(chance(0.5) ? [...chosen(KEYS, BESIDE), ...one(WHOLE)] : chosen(KEYS))
  ];
  const other = (): string[] => [
    ...(chance(0.6)
      ? [
          titled('services', 'mine'),
          ...body(
            (
              [
                ['codeartifact', '\n  endpoint_url = https://service.example'],
                ['sts', '\n    endpoint_url=https://sts-service.example\n    x = y'],
                ['sso', '\n  endpoint_url = https://sso-service.example']
              ] as const
            ).filter(() => chance(0.6))
          )
        ]
      : []),
    ...(chance(0.4) ? [titled('services', 'empty')] : []),
    ...(chance(0.6)
      ? [
          titled('sso-session', 'corp'),
          ...body(
            chosen(
              KEYS.filter(([name]) => /^sso_(start_url|region)$/.test(name)),
              8
            )
          )
        ]
      : []),
    ...(chance(0.05) ? ['[DEFAULT]', ...body(chosen(KEYS, 0.3))] : []),
    ...(chance(0.2) ? ['[plugins]', 'x = y'] : [])
  ];
  const names = NAMES.filter(() => chance(0.8));
  const parts = [...names.map(configSection), other()];
  const text = (lines: readonly string[]): string =>
    (chance(0.01) ? '\uFEFF' : '') + lines.join(chance(0.08) ? '\r\n' : '\n') + one(['\n', '']);
  const shared = NAMES.filter(() => chance(0.25)).flatMap(name => [
    `[${chance(0.03) ? `profile ${name}` : name}]`,
    ...body(chosen(KEYS, 0.5))
  ]);
  return {
    env: Object.fromEntries(chosen(VARIABLES)),
    config: chance(0.06) ? null : text(parts.flat()),
    credentials: chance(0.35) ? null : text(shared),
    profile: chance(0.25) ? one([...NAMES, ...NAMES, 'nowhere']) : ''
  };
}
