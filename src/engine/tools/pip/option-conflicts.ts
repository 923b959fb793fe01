import { atLeast, type InstalledPip } from './installed-pip';
import type { Command } from './option-table';
import { type CommandSettings, isOn, type Setting, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import { trans } from '../../core/say';

/**
 * Options with which pip refuses every package of our index, or that it refuses beside each other.
 * Sources: pip/_internal/cli/cmdoptions.py (`check_dist_restriction`, `check_release_control_exclusive`,
 * `check_only_deps_option_does_not_conflict`), cli/req_command.py (`get_requirements`, `check_build_constraints`),
 * operations/prepare.py (`_get_linked_req_hashes`), index/package_finder.py (`upload_time_missing`).
 */
export function optionConflicts(
  command: Command,
  settings: CommandSettings,
  { pip }: InstalledPip
): Shadow[] {
  const { of } = settings;
  const on = (dest: string): Setting | undefined => (isOn(of.get(dest)) ? of.get(dest) : undefined);
  const beside = (setting: Setting | undefined, ...dests: string[]): Shadow[] => {
    const other = dests.map(dest => of.get(dest)).find(found => found !== undefined);
    return setting && other ? [shadowOf(setting, trans.__(', which does not go with %1', other.name))] : [];
  };
  const hashes = on('require_hashes');
  const noHashes = on('no_require_hashes');
  const scripts = of.get('requirements_from_scripts');
  return [
    ...restricted(command, settings),
    ...(hashes && noHashes
      ? [shadowOf(noHashes, trans.__(', which does not go with require-hashes'))]
      : hashes
        ? [shadowOf(hashes, trans.__(', with which pip refuses every package that comes without a hash'))]
        : []),
    ...onlyDependencies(settings, on),
    ...(on('pre') && releases(settings) && atLeast(pip, 26, 0)
      ? [shadowOf(on('pre')!, trans.__(', which does not go with %1', of.get('release_control')!.name))]
      : []),
    // pip takes the value for that of build_isolation: `no-build-isolation = 0` switches it off (cli/parser.py).
    ...(of.has('build_isolation') && !on('build_isolation')
      ? beside(of.get('build_isolation'), 'build_constraints')
      : []),
    ...[of.get('uploaded_prior_to')].flatMap(setting =>
      setting
        ? [
            shadowOf(
              setting,
              trans.__(', with which pip takes only files whose time of upload the index tells')
            )
          ]
        : []
    ),
    ...(scripts && scripts.value.trim().split(/\s+/).length > 1
      ? [shadowOf(scripts, trans.__(', which takes one script only'))]
      : [])
  ];
}

function onlyDependencies({ of }: CommandSettings, on: (dest: string) => Setting | undefined): Shadow[] {
  const setting = on('only_dependencies');
  const deprecated = of.get('deprecated_features_enabled');
  const other =
    on('ignore_dependencies') ??
    (deprecated?.value.includes('legacy-resolver') ? deprecated : undefined) ??
    of.get('requirements') ??
    of.get('requirements_from_scripts') ??
    of.get('dependency_groups');
  return setting && other ? [shadowOf(setting, trans.__(', which does not go with %1', other.name))] : [];
}

/** Another platform or Python than pip's own goes only with wheels, and not into this environment. */
function restricted(command: Command, settings: CommandSettings): Shadow[] {
  const { of } = settings;
  const other = ['python_version', 'platforms', 'abis', 'implementation'].flatMap(
    dest => of.get(dest) ?? []
  )[0];
  if (!other || command === 'wheel') {
    return [];
  }
  const only = isOn(of.get('ignore_dependencies')) || onlyWheels(settings);
  const placed = command === 'download' || of.has('target_dir') || isOn(of.get('dry_run'));
  return only && placed ? [] : [shadowOf(other, trans.__(', with which pip refuses to install'))];
}

/** Two sets of names that exclude each other, as pip's FormatControl and ReleaseControl keep them. */
function control({ all }: CommandSettings, dest: string, first: string): [Set<string>, Set<string>] {
  const [one, two] = [new Set<string>(), new Set<string>()];
  for (const { name, value } of [...all(dest)].reverse()) {
    const [into, from] = name === first ? [one, two] : [two, one];
    let names = value === '' ? [] : value.split(',');
    const last = names.lastIndexOf(':all:');
    if (last >= 0) {
      from.clear();
      into.clear();
      into.add(':all:');
      names = names.slice(last + 1);
      if (!names.includes(':none:')) {
        continue;
      }
    }
    for (const each of names) {
      if (each === ':none:') {
        into.clear();
      } else {
        from.delete(canonical(each));
        into.add(canonical(each));
      }
    }
  }
  return [one, two];
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
const canonical = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

const onlyWheels = (settings: CommandSettings): boolean => {
  const [sources, wheels] = control(settings, 'format_control', 'no-binary');
  return sources.size === 0 && wheels.size === 1 && wheels.has(':all:');
};

const releases = (settings: CommandSettings): boolean =>
  control(settings, 'release_control', 'all-releases').some(names => names.size > 0);
