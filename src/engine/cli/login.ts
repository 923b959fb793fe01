import { AWS_GLOBALS, AWS_GLOBALS_2, LOGIN_OPTIONS, spellOut } from '../../protocol/aws-login';
import type { Document } from '../../protocol/document';
import { TOOLS, type Tool } from '../../protocol/file';
import type { SettingsInput } from '../../protocol/request';
import type { SettingName } from '../../protocol/settings';
import { registryOf } from '../core/settings/npm-registry';
import type { EngineDeps } from '../connection/engine-deps';
import { readState } from '../connection/load-connection';

type Flags = Readonly<Partial<Record<SettingName, unknown>>>;

/** Every option of the AWS CLI, as Node's reader of the command line has them. */
export const LOGIN_WORDS: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>> =
  Object.fromEntries(
    Object.entries({ ...AWS_GLOBALS, ...AWS_GLOBALS_2, ...LOGIN_OPTIONS }).map(([name, kind]) => [
      name,
      { type: kind === 'value' ? 'string' : 'boolean' }
    ])
  );

/** What is accepted so that a script runs, and why it changes nothing. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  debug: 'for more, use "jupyter codeartifact diagnose"',
  'v2-debug': 'it is of the AWS CLI alone',
  'no-paginate': 'login lists nothing',
  output: 'login prints no data; --json gives one document',
  query: 'login prints no data; --json gives one document',
  color: 'NO_COLOR and FORCE_COLOR decide',
  'cli-read-timeout': 'the limits of each step are fixed',
  'cli-connect-timeout': 'the limits of each step are fixed',
  'cli-binary-format': 'login sends no data',
  'cli-error-format': '--json gives one document',
  'cli-auto-prompt': 'login never asks',
  'no-cli-auto-prompt': 'login never asks',
  'no-cli-pager': 'login opens no pager',
  'no-sign-request': 'a request for a token is always signed',
  'no-verify-ssl':
    'certificates are always verified; --ca-bundle or AWS_CA_BUNDLE names the authority of a proxy'
};

const CA_BUNDLE =
  'Note: --ca-bundle is used for this login only. Set AWS_CA_BUNDLE for the Jupyter server, so that renewals use it too.';

const npm = 'use --tool npm';

/** Tools by name that people try, and what sets them up. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  __proto__: null as never,
  nuget: 'use "aws codeartifact login --tool nuget"',
  dotnet: 'use "aws codeartifact login --tool dotnet"',
  swift: 'use "aws codeartifact login --tool swift"',
  yarn: `it reads .npmrc: ${npm}`,
  pnpm: `it reads .npmrc: ${npm}`,
  maven: 'it takes the token of "aws codeartifact get-authorization-token" in settings.xml',
  mvn: 'it takes the token of "aws codeartifact get-authorization-token" in settings.xml',
  gradle: 'it takes the token of "aws codeartifact get-authorization-token" in build.gradle',
  sbt: 'it takes the token of "aws codeartifact get-authorization-token" in its credentials',
  cargo: 'use "cargo login" with the token of "aws codeartifact get-authorization-token"',
  gem: 'it takes the token of "aws codeartifact get-authorization-token" in ~/.gem/credentials',
  bundler: 'use "bundle config" with the token of "aws codeartifact get-authorization-token"',
  pipenv: 'use --tool pip: it installs by pip',
  conda: 'CodeArtifact holds no conda packages; --tool pip serves the pip of a conda environment',
  docker: 'CodeArtifact holds no images; use "aws ecr get-login-password"'
};

/** What a login is besides its settings. */
export interface Login {
  readonly tool: Tool;
  /** Options that change nothing here, or not for good. */
  readonly notes: readonly string[];
}

/** What was said: an empty value of these is as none to the AWS CLI. */
export const saidOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== '' || !['endpoint-type', 'domain-owner'].includes(name)
    )
  );

type Read =
  | { readonly flags: Partial<Record<SettingName, unknown>>; readonly login: Login }
  | { readonly message: string };

/**
 * What `aws codeartifact login` takes beyond our own flags, turned into settings, so that a cell
 * or script changes one word. Source: awscli/customizations/codeartifact/login.py.
 */
export function loginFlags(values: Readonly<Record<string, unknown>>): Read {
  const tool = values.tool;
  if (tool === undefined) {
    return { message: `login needs --tool, one of ${TOOLS.join(', ')}.` };
  }
  if (!isTool(tool)) {
    const elsewhere = ELSEWHERE[String(tool)];
    return {
      message: elsewhere
        ? `--tool ${String(tool)} is not one of ours: ${elsewhere}.`
        : `--tool ${String(tool)} is not one of ours: it takes ${TOOLS.join(', ')}.`
    };
  }
  const { namespace } = values;
  if (tool === 'npm' && namespace !== undefined) {
    return { message: oneScope(String(namespace)) };
  }
  // An empty one is as none to the AWS CLI.
  if (namespace) {
    return { message: `Argument --namespace is not supported for ${tool}.` };
  }
  for (const needed of ['domain', 'repository']) {
    if (values[needed] === undefined) {
      return { message: `login needs --${needed}, as "aws codeartifact login" does.` };
    }
  }
  const endpoint = values['endpoint-url'];
  // As there, 0 is as if nothing was said. Elsewhere it means as long as the role's session.
  const seconds = values['duration-seconds'] === '0' ? { durationSeconds: 43200 } : {};
  const notes = Object.keys(WITHOUT_EFFECT)
    .filter(name => values[name] !== undefined)
    .map(name => `Note: --${name} is accepted and changes nothing here: ${WITHOUT_EFFECT[name]}.`);
  return {
    flags: { tools: [tool], ...seconds, ...(endpoint !== undefined && { apiEndpoint: endpoint }) },
    login: { tool, notes: values['ca-bundle'] === undefined ? notes : [...notes, CA_BUNDLE] }
  };
}

/** We write npm's `registry`, of which all scopes come; the AWS CLI then writes `@scope:registry` alone. */
function oneScope(namespace: string): string {
  const scope = namespace.startsWith('@') ? namespace : `@${namespace}`;
  return /^@[a-z0-9~-][a-z0-9._~-]*$/.test(scope)
    ? `--namespace ${namespace} is for one scope, and is not one of ours: leave it out, and npm takes the packages of ${scope} and of every other scope from the repository; or use "aws codeartifact login --tool npm --namespace ${scope}", which nothing renews.`
    : `--namespace ${namespace} is no scope of npm: use letters, digits and hyphens, such as @team.`;
}

const isTool = (tool: unknown): tool is Tool => (TOOLS as readonly unknown[]).includes(tool);

/** The file that `login --ca-bundle` names. It has to be known before the network is set up. */
export function caBundleOf([verb, ...words]: readonly string[]): string | undefined {
  const spelt = verb === 'login' ? spellOut(words, []) : [];
  if ('message' in spelt) {
    return undefined;
  }
  const at = spelt.findLastIndex(word => /^--ca-bundle(?:=|$)/.test(word));
  return at < 0
    ? undefined
    : spelt[at].includes('=')
      ? spelt[at].slice('--ca-bundle='.length)
      : spelt[at + 1];
}

/** As the AWS CLI names it: npm has an address of its own beside pip's. */
const repositoryOf = (tool: Tool, indexUrl: string): string =>
  tool === 'npm' ? registryOf(indexUrl) : indexUrl.replace(/simple\/$/, '');

/** The two lines by which scripts see that the AWS CLI has logged in; empty where nothing says until when. */
export function loginWords(tool: Tool, { connection, at: now = '' }: Document): string {
  const { indexUrl = '', expiresAt = '' } = connection ?? {};
  const ends = Date.parse(expiresAt);
  if (indexUrl === '' || Number.isNaN(ends - Date.parse(now))) {
    return '';
  }
  const at = `${new Date(ends).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
  return [
    `Successfully configured ${tool} to use AWS CodeArtifact repository ${repositoryOf(tool, indexUrl)} `,
    `Login expires in ${remaining(ends - Date.parse(now))} at ${at}`,
    ''
  ].join('\n');
}

/** As the AWS CLI says it: two units at most, half a minute to the good. */
function remaining(ms: number): string {
  const minutes = Math.floor((ms + 30_000) / 60_000);
  const units = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute']
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  return units
    .slice(first, first + 2)
    .filter(([count]) => first >= 0 && count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' and ');
}

/**
 * `login --tool twine` after `login --tool pip` configures both, as with the AWS CLI: the tool is added to those that
 * already use this repository. Another repository replaces the connection, tools and all.
 */
export async function connectedTools(
  deps: EngineDeps,
  { settings, pins, dataDir }: SettingsInput,
  flags: Flags
): Promise<{ readonly tools?: readonly Tool[] }> {
  const stored = await readState(deps, dataDir);
  const record = stored.kind === 'record' ? stored.record : null;
  const wanted = (name: SettingName): unknown => flags[name] ?? settings[name];
  const same =
    record !== null &&
    record.domain === wanted('domain') &&
    record.repository === wanted('repository') &&
    (!wanted('domainOwner') || record.domainOwner === wanted('domainOwner')) &&
    (!wanted('region') || record.region === wanted('region'));
  if (!same || pins.tools) {
    return {};
  }
  const tools: readonly unknown[] = [...record.settings.tools, ...(flags.tools as readonly unknown[])];
  return { tools: TOOLS.filter(tool => tools.includes(tool)) };
}
