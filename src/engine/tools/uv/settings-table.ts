import { trans } from '../../core/say';
type Toml = Record<string, unknown>;

/** Why uv does not understand a table, and the key that it stumbles over. */
export interface Stumble {
  readonly key: string;
  readonly what: string;
}

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

// What uv takes at the top of uv.toml and in [pip], by the kind of value: `Options` and `PipOptions` in uv-settings.
// https://github.com/astral-sh/uv/blob/main/crates/uv-settings/src/settings.rs; uv 0.13.9 has named them itself.
const SWITCHES = names(`
  no-index no-build-isolation require-build-hashes compile-bytecode no-sources upgrade reinstall no-build`);
const TOP_SWITCHES = names('system-certs native-tls offline no-cache preview no-binary');
const PIP_SWITCHES = names(`
  system break-system-packages strict all-extras no-deps allow-empty-requirements no-strip-extras no-strip-markers
  no-annotate no-header generate-hashes universal emit-index-url emit-find-links emit-build-options
  emit-marker-expression emit-index-annotation require-hashes verify-hashes`);
const LISTS = names(`
  extra-index-url find-links no-build-isolation-package no-sources-package upgrade-package reinstall-package`);
const TOP_LISTS = names(`
  no-proxy allow-insecure-host no-build-package no-binary-package cache-keys override-dependencies exclude-dependencies
  constraint-dependencies build-constraint-dependencies`);
const PIP_LISTS = names('no-binary only-binary extra no-extra group no-emit-package');
const TEXTS = names('index-url exclude-newer torch-backend');
const TOP_TEXTS = names(`
  required-version cache-dir http-proxy https-proxy python-install-mirror pypy-install-mirror graalpy-install-mirror
  pyodide-install-mirror python-downloads-json-url publish-url check-url`);
const PIP_TEXTS = names(
  'python target prefix output-file custom-compile-command python-version python-platform'
);
const COUNTS = names('concurrent-downloads concurrent-builds concurrent-installs');
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'index-strategy': names('first-index unsafe-any-match unsafe-first-match unsafe-best-match'),
  'keyring-provider': names('disabled subprocess'),
  resolution: names('highest lowest lowest-direct'),
  prerelease: names('disallow allow if-necessary explicit if-necessary-or-explicit'),
  'fork-strategy': names('fewest requires-python'),
  'link-mode': names('clone reflink copy hardlink symlink')
};
const TOP_CHOICES: typeof CHOICES = {
  'python-preference': names('only-managed managed system only-system'),
  'python-downloads': names('auto automatic manual never'),
  'trusted-publishing': names('automatic always never'),
  'add-bounds': names('lower major minor exact')
};
const PIP_CHOICES: typeof CHOICES = { 'annotation-style': names('line split') };
const TABLES = names(`
  config-settings config-settings-package extra-build-dependencies extra-build-variables exclude-newer-package`);
// Taken as they are: what stands in them says nothing of an index.
const OTHERS = names('dependency-metadata');
const TOP_OTHERS = names(`
  index pip preview-features prerelease-package audit minimum-libc-version`);
/** Of a project only; in uv.toml uv refuses them. */
const OF_PROJECTS = names(`
  conflicts workspace sources managed package default-groups dependency-groups dev-dependencies build-backend
  environments required-environments`);

const isTable = (value: unknown): value is Toml =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What uv says to one value; null where it takes it, undefined where it does not know the name. */
function refusal(key: string, value: unknown, isPip: boolean): string | null | undefined {
  const among = (both: readonly string[], top: readonly string[], pip: readonly string[]) =>
    both.includes(key) || (isPip ? pip : top).includes(key);
  const choices = CHOICES[key] ?? (isPip ? PIP_CHOICES : TOP_CHOICES)[key];
  if (choices) {
    return choices.includes(value as string) ? null : trans.__('takes only %1', choices.join(', '));
  }
  if (among(SWITCHES, TOP_SWITCHES, PIP_SWITCHES)) {
    return typeof value === 'boolean' ? null : trans.__('takes only true or false');
  }
  if (among(LISTS, TOP_LISTS, PIP_LISTS)) {
    const isWhole = Array.isArray(value) && value.every(item => typeof item === 'string' || isTable(item));
    return isWhole ? null : trans.__('takes a list of strings');
  }
  if (among(TEXTS, TOP_TEXTS, PIP_TEXTS)) {
    return typeof value === 'string' && !(key === 'index-url' && value === '')
      ? null
      : trans.__('takes a string');
  }
  if (!isPip && COUNTS.includes(key)) {
    return Number.isInteger(Number(value)) && Number(value) > 0 ? null : trans.__('takes a number above 0');
  }
  if (among(TABLES, [], [])) {
    return isTable(value) ? null : trans.__('takes a table');
  }
  return among(OTHERS, TOP_OTHERS, []) ? null : undefined;
}

/** The first thing that uv does not take among its settings, wherever they stand; undefined where it takes all. */
export function stumble(data: Toml, isProject: boolean): Stumble | undefined {
  for (const [key, value] of Object.entries(data)) {
    if (isProject && OF_PROJECTS.includes(key)) {
      continue;
    }
    const what = refusal(key, value, false);
    if (what !== null) {
      return { key, what: what ?? trans.__('is not known to uv') };
    }
  }
  const pip = data['pip'];
  if (pip !== undefined && !isTable(pip)) {
    return { key: 'pip', what: trans.__('is a table') };
  }
  for (const [key, value] of Object.entries(pip ?? {})) {
    const what = refusal(key, value, true);
    if (what !== null) {
      return { key, what: what ?? trans.__('is not known to uv in [pip]') };
    }
  }
  return index(data['index']);
}

const INDEX_NAME = /^[\w.-]+$/;

function index(list: unknown): Stumble | undefined {
  if (list === undefined) {
    return undefined;
  }
  if (!Array.isArray(list)) {
    return { key: 'index', what: trans.__('takes [[index]] blocks') };
  }
  for (const entry of list as unknown[]) {
    if (!isTable(entry)) {
      return { key: 'index', what: trans.__('takes [[index]] blocks') };
    }
    const { name, url, explicit, default: isDefault, format, authenticate } = entry;
    if (typeof url !== 'string' || url === '') {
      return { key: 'url' in entry ? 'url' : 'index', what: trans.__('needs a url') };
    }
    if (name !== undefined && !(typeof name === 'string' && INDEX_NAME.test(name))) {
      return { key: 'name', what: trans.__('takes letters, digits, hyphens, underscores and periods') };
    }
    const switches = [
      ['explicit', explicit],
      ['default', isDefault]
    ] as const;
    const odd = switches.find(([, value]) => value !== undefined && typeof value !== 'boolean');
    if (odd) {
      return { key: odd[0], what: trans.__('takes only true or false') };
    }
    if (explicit === true && name === undefined) {
      return { key: 'explicit', what: trans.__('needs a name for the index') };
    }
    if (format !== undefined && format !== 'simple' && format !== 'flat') {
      return { key: 'format', what: trans.__('takes only simple, flat') };
    }
    if (authenticate !== undefined && !['auto', 'always', 'never'].includes(authenticate as string)) {
      return { key: 'authenticate', what: trans.__('takes only auto, always, never') };
    }
  }
  return undefined;
}
