import { words } from '../../core/python-whitespace';
import { atLeast, type InstalledPip } from './installed-pip';
import { optionConflicts } from './option-conflicts';
import { absolute, exists } from './os-path';
import type { Command } from './option-table';
import { type CommandSettings, isOn, type Setting, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

/**
 * What stops pip before it asks an index, or at the first one: options that want another kind of environment, and
 * files that are not there. Sources: pip/_internal/cli/{main_parser,base_command,cmdoptions}.py, commands/install.py
 * (`decide_user_install`), req/constructors.py, req/req_file.py; requests/adapters.py (`cert_verify`).
 */
export async function environmentShadows(
  deps: ToolsDeps,
  installed: InstalledPip,
  program: CommandSettings,
  commands: ReadonlyMap<Command, CommandSettings>
): Promise<Shadow[]> {
  const all = await Promise.all(
    [...commands].map(async ([command, settings]) => [
      ...wrongEnvironment(command, settings, installed, program),
      ...optionConflicts(command, settings, installed),
      ...(command === 'install' ? await managedElsewhere(deps, settings, installed) : []),
      ...(await missingFiles(deps, settings))
    ])
  );
  return [...(await beforeTheCommand(deps, program)), ...all.flat()];
}

async function beforeTheCommand(deps: ToolsDeps, program: CommandSettings): Promise<Shadow[]> {
  const [version, python] = [program.of.get('version'), program.of.get('python')];
  const missing = python !== undefined && !(await exists(deps, interpreterPath(deps, python.value)));
  return [
    ...(version && isOn(version)
      ? [shadowOf(version, trans.__(', with which pip only tells its version'))]
      : []),
    ...(missing ? [shadowOf(python, trans.__(', which pip looks for in vain'))] : [])
  ];
}

const interpreterPath = (deps: ToolsDeps, value: string): string => absolute(deps, value) ?? value;

function wrongEnvironment(
  command: Command,
  { of }: CommandSettings,
  installed: InstalledPip,
  program: CommandSettings
): Shadow[] {
  const shadows: Shadow[] = [];
  const venv = of.get('require_venv');
  if (venv && isOn(venv) && !installed.venv) {
    shadows.push(shadowOf(venv, trans.__(', and this is no virtual environment: pip refuses to work')));
  }
  const python = of.get('python');
  if (python && program.of.get('python') !== python) {
    shadows.push(shadowOf(python, trans.__(', which pip takes from [global] only')));
  }
  const user = of.get('use_user_site');
  // pip stores what a switch says, not what it means: `no-user = yes` asks for a user's install too (`_update_defaults`).
  if (command === 'install' && user && isOn(user)) {
    const other = of.get('prefix_path') ?? of.get('target_dir');
    if (other) {
      shadows.push(shadowOf(user, trans.__(', which does not go with %1', other.name)));
    } else if (installed.venv && !installed.systemSitePackages) {
      shadows.push(shadowOf(user, trans.__(', which pip refuses in this virtual environment')));
    }
  }
  return shadows;
}

/**
 * A Python that the system's own package manager looks after: pip has refused to install there since 23.0.
 * https://packaging.python.org/en/latest/specifications/externally-managed-environments/
 */
async function managedElsewhere(
  deps: ToolsDeps,
  { of }: CommandSettings,
  { pip, python, venv }: InstalledPip
): Promise<Shadow[]> {
  const elsewhere = ['root_path', 'target_dir', 'prefix_path'].some(dest => of.has(dest));
  const reported = isOn(of.get('dry_run')) && of.has('json_report_file');
  const allowed = elsewhere || reported || isOn(of.get('override_externally_managed'));
  if (venv || allowed || python === null || deps.pythonPrefix === undefined || !atLeast(pip, 23, 0)) {
    return [];
  }
  const path = `${deps.pythonPrefix}/lib/python${python[0]}.${python[1]}/EXTERNALLY-MANAGED`;
  return (await exists(deps, path))
    ? [
        {
          by: trans.__(
            '%1, for which pip refuses to install into this Python: use a virtual environment',
            path
          ),
          path
        }
      ]
    : [];
}

async function missingFiles(deps: ToolsDeps, { of }: CommandSettings): Promise<Shadow[]> {
  const missing = async (setting: Setting, path: string, what: string): Promise<Shadow[]> => {
    const at = absolute(deps, path);
    return at === null || (await exists(deps, at)) ? [] : [shadowOf(setting, what)];
  };
  const lists = ['constraints', 'requirements', 'build_constraints', 'requirements_from_scripts'].flatMap(
    dest => of.get(dest) ?? []
  );
  const found = lists.flatMap(setting =>
    words(setting.value)
      .filter(word => !/^(https?|file):/i.test(word.text))
      .map(word => missing(setting, word.text, trans.__(', and there is no file %1: pip stops', word.text)))
  );
  const client = of.get('client_cert');
  const group = of.get('dependency_groups');
  const project = group && (/^(.*):/.exec(group.value)?.[1] ?? 'pyproject.toml');
  return (
    await Promise.all([
      ...found,
      missingProjects(deps, of.get('editables')),
      ...(project
        ? [missing(group, project, trans.__(', and there is no file %1: pip stops', project))]
        : []),
      ...(client ? [missing(client, client.value, trans.__(', and there is no such file: pip stops'))] : [])
    ])
  ).flat();
}

/** What `editable` names must be a project's folder, or a repository's URL that tells the package's name. */
async function missingProjects(deps: ToolsDeps, setting: Setting | undefined): Promise<Shadow[]> {
  const all = words(setting?.value ?? '').map(async ({ text }) => {
    if (/^[a-z][a-z0-9.]*(\+[a-z]+)?:/i.test(text)) {
      return text.includes('#egg=')
        ? []
        : [shadowOf(setting!, trans.__(', which does not tell the name of a package'))];
    }
    const folder = absolute(deps, text.split('[')[0]);
    const files = folder === null ? [] : [`${folder}/pyproject.toml`, `${folder}/setup.py`];
    const there = await Promise.all(files.map(file => exists(deps, file)));
    return folder === null || there.includes(true)
      ? []
      : [shadowOf(setting!, trans.__(', and there is no project in %1: pip stops', text))];
  });
  return (await Promise.all(all)).flat();
}
