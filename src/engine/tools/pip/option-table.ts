import { atLeast, type InstalledPip } from './installed-pip';

/** The commands that take packages from an index; each reads its own section beside [global]. */
export const COMMANDS = ['install', 'download', 'wheel'] as const;

export type Command = (typeof COMMANDS)[number];

/** How pip reads an option's value (`ConfigOptionParser._update_defaults` and optparse's types). */
export type Kind =
  | 'switch'
  | 'count'
  | 'int'
  | 'float'
  | 'text'
  | 'path'
  | 'words'
  | 'cacheSwitch'
  | 'keyValue'
  | 'packages'
  | 'pythonVersion'
  | 'never';

export interface PipOption {
  /** What pip stores it under: `pypi-url` is `index_url`. */
  readonly dest: string;
  readonly kind: Kind;
  /** The commands that know it; unset: all. */
  readonly only?: readonly Command[];
  /** Values that pip takes; a word beside them stops pip. */
  readonly choices?: (pip: InstalledPip['pip']) => readonly string[];
  /** The first pip that knows it; earlier ones pass over it. */
  readonly since?: readonly [number, number];
  /** The first pip that does not know it any more. */
  readonly until?: readonly [number, number];
  /** `pip` itself reads it too, before the command (cli/main_parser.py). */
  readonly general?: true;
}

const option = (dest: string, kind: Kind, more: Partial<PipOption> = {}): PipOption => ({
  dest,
  kind,
  ...more
});
const general = (dest: string, kind: Kind, more: Partial<PipOption> = {}): PipOption =>
  option(dest, kind, { general: true, ...more });

const INSTALL = { only: ['install'] } as const;
const NOT_WHEEL = { only: ['install', 'download'] } as const;
const NOT_DOWNLOAD = { only: ['install', 'wheel'] } as const;

/** A list of choices by the pip it came with, the newest first. */
const byVersion =
  (rows: readonly (readonly [number, number, readonly string[]])[]) =>
  (pip: InstalledPip['pip']): readonly string[] =>
    rows.find(([major, minor]) => atLeast(pip, major, minor))?.[2] ?? rows[rows.length - 1][2];

const ALWAYS = ['truststore', 'no-binary-enable-wheel-cache'];
const FEATURES = byVersion([
  [26, 2, ['fast-deps', 'inprocess-build-deps', 'venv-isolation', 'build-constraint', ...ALWAYS]],
  [26, 0, ['fast-deps', 'inprocess-build-deps', 'build-constraint', ...ALWAYS]],
  [25, 3, ['fast-deps', 'build-constraint', ...ALWAYS]],
  [22, 3, ['fast-deps', ...ALWAYS]],
  [0, 0, ['2020-resolver', 'fast-deps', 'in-tree-build']]
]);
const DEPRECATED = byVersion([
  [24, 2, ['legacy-resolver', 'legacy-certs']],
  [22, 3, ['legacy-resolver']],
  [0, 0, ['legacy-resolver', 'out-of-tree-build']]
]);
const BARS = byVersion([
  [25, 2, ['auto', 'on', 'off', 'raw']],
  [24, 1, ['on', 'off', 'raw']],
  [22, 1, ['on', 'off']],
  [0, 0, ['off', 'on', 'ascii', 'pretty', 'emoji']]
]);

const switches = (dest: string, names: readonly string[], more: Partial<PipOption> = {}) =>
  names.map(name => [name, option(dest, 'switch', more)] as const);

/**
 * pip's options by their long names, as a file or a variable may set them; others mean nothing to it.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/cli/cmdoptions.py and commands/{install,download,wheel}.py
 */
export const OPTIONS: ReadonlyMap<string, PipOption> = new Map<string, PipOption>([
  ['index-url', option('index_url', 'text')],
  ['pypi-url', option('index_url', 'text')],
  ['extra-index-url', option('extra_index_urls', 'words')],
  ['find-links', option('find_links', 'words')],
  ['no-index', option('no_index', 'switch')],
  ['trusted-host', general('trusted_hosts', 'words')],
  ['cert', general('cert', 'path')],
  ['client-cert', general('client_cert', 'path')],
  ['proxy', general('proxy', 'text')],
  ['no-proxy-env', general('no_proxy_env', 'switch', { since: [26, 2] })],
  ['timeout', general('timeout', 'float')],
  ['default-timeout', general('timeout', 'float')],
  ['retries', general('retries', 'int')],
  ['resume-retries', general('resume_retries', 'int', { since: [25, 1] })],
  ['no-input', general('no_input', 'switch')],
  [
    'keyring-provider',
    general('keyring_provider', 'text', {
      since: [23, 1],
      choices: () => ['auto', 'disabled', 'import', 'subprocess']
    })
  ],
  ['require-virtualenv', general('require_venv', 'switch')],
  ['require-venv', general('require_venv', 'switch')],
  ['isolated', general('isolated_mode', 'switch')],
  ['python', general('python', 'text', { since: [22, 3] })],
  ['version', general('version', 'switch')],
  ['debug', general('debug_mode', 'switch', { since: [21, 3] })],
  ['no-color', general('no_color', 'switch')],
  ['verbose', general('verbose', 'count')],
  ['quiet', general('quiet', 'count')],
  ['disable-pip-version-check', general('disable_pip_version_check', 'switch')],
  ['no-python-version-warning', general('no_python_version_warning', 'switch')],
  ['no-cache-dir', general('cache_dir', 'cacheSwitch')],
  ['exists-action', general('exists_action', 'words', { choices: () => ['s', 'i', 'w', 'b', 'a'] })],
  ['use-feature', general('features_enabled', 'words', { choices: FEATURES })],
  ['use-deprecated', general('deprecated_features_enabled', 'words', { choices: DEPRECATED })],
  ['progress-bar', option('progress_bar', 'text', { choices: BARS })],
  ['constraint', option('constraints', 'words')],
  ['requirement', option('requirements', 'words')],
  ['editable', option('editables', 'words', NOT_DOWNLOAD)],
  ['build-constraint', option('build_constraints', 'words', { since: [25, 3] })],
  ['group', option('dependency_groups', 'text', { since: [25, 1] })],
  ['requirements-from-script', option('requirements_from_scripts', 'words', { since: [26, 0] })],
  ['no-binary', option('format_control', 'packages')],
  ['only-binary', option('format_control', 'packages')],
  ['all-releases', option('release_control', 'packages', { since: [26, 0] })],
  ['only-final', option('release_control', 'packages', { since: [26, 0] })],
  ['uploaded-prior-to', option('uploaded_prior_to', 'text', { since: [26, 0] })],
  ['python-version', option('python_version', 'pythonVersion', NOT_WHEEL)],
  ['platform', option('platforms', 'words', NOT_WHEEL)],
  ['abi', option('abis', 'words', NOT_WHEEL)],
  ['implementation', option('implementation', 'text', NOT_WHEEL)],
  ['config-settings', option('config_settings', 'keyValue', { since: [22, 1], ...NOT_DOWNLOAD })],
  ['user', option('use_user_site', 'switch', INSTALL)],
  ['no-user', option('use_user_site', 'switch', INSTALL)],
  ['target', option('target_dir', 'text', INSTALL)],
  ['prefix', option('prefix_path', 'text', INSTALL)],
  ['root', option('root_path', 'text', INSTALL)],
  ['report', option('json_report_file', 'text', { since: [22, 2], ...INSTALL })],
  [
    'root-user-action',
    option('root_user_action', 'text', { since: [22, 1], choices: () => ['warn', 'ignore'], ...INSTALL })
  ],
  [
    'upgrade-strategy',
    option('upgrade_strategy', 'text', { choices: () => ['only-if-needed', 'eager'], ...INSTALL })
  ],
  ...switches('ignore_dependencies', ['no-deps', 'no-dependencies']),
  ...switches('pre', ['pre']),
  ...switches('build_isolation', ['no-build-isolation']),
  ...switches('require_hashes', ['require-hashes']),
  ...switches('no_require_hashes', ['no-require-hashes'], { since: [26, 2] }),
  ...switches('only_dependencies', ['only-deps', 'only-dependencies'], { since: [26, 2] }),
  ...switches('switch', ['prefer-binary', 'ignore-requires-python', 'no-clean', 'use-pep517']),
  ...switches('switch', ['check-build-dependencies'], { since: [23, 1] }),
  // It takes no value, and a file or a variable has no other way to set it.
  ['no-use-pep517', option('use_pep517', 'never', { until: [25, 3] })],
  ...switches('dry_run', ['dry-run'], { since: [22, 2], ...INSTALL }),
  ...switches('switch', ['compile', 'no-compile', 'force-reinstall', 'ignore-installed', 'upgrade'], INSTALL),
  ...switches('switch', ['no-warn-script-location', 'no-warn-conflicts'], INSTALL),
  ...switches('override_externally_managed', ['break-system-packages'], { since: [23, 0], ...INSTALL }),
  ...switches('switch', ['no-verify'], { only: ['wheel'] })
]);

/** The option of this name, if the pip in question has it for that command; `pip` is the program before the command. */
export function optionNamed(
  name: string,
  command: Command | 'pip',
  { pip }: InstalledPip
): PipOption | undefined {
  const found = OPTIONS.get(name);
  const known =
    found !== undefined &&
    (found.since === undefined || atLeast(pip, ...found.since)) &&
    (found.until === undefined || !atLeast(pip, ...found.until)) &&
    (command === 'pip' ? found.general === true : (found.only?.includes(command) ?? true));
  // Only the program tells its version; `pip install --version` was taken too until 25.
  return known && !(name === 'version' && command !== 'pip') ? found : undefined;
}
