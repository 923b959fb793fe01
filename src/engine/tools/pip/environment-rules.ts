import { words } from '../../core/python-whitespace';
import type { InstalledPip } from './installed-pip';
import { absolute, exists } from './os-path';
import type { Command } from './option-table';
import { type CommandSettings, isOn, type Setting, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/**
 * What stops pip before it asks an index, or at the first one: options that want another kind of environment, and
 * files that are not there. Sources: pip/_internal/cli/{main_parser,base_command,cmdoptions}.py, commands/install.py
 * (`decide_user_install`), req/req_file.py; requests/adapters.py (`cert_verify`).
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
      ...(await missingFiles(deps, settings))
    ])
  );
  return [...(await beforeTheCommand(deps, program)), ...all.flat()];
}

async function beforeTheCommand(deps: ToolsDeps, program: CommandSettings): Promise<Shadow[]> {
  const [version, python] = [program.of.get('version'), program.of.get('python')];
  const missing = python !== undefined && !(await exists(deps, interpreterPath(deps, python.value)));
  return [
    ...(version && isOn(version) ? [shadowOf(version, ', with which pip only tells its version')] : []),
    ...(missing ? [shadowOf(python, ', which pip looks for in vain')] : [])
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
    shadows.push(shadowOf(venv, ', and this is no virtual environment: pip refuses to work'));
  }
  const python = of.get('python');
  if (python && program.of.get('python') !== python) {
    shadows.push(shadowOf(python, ', which pip takes from [global] only'));
  }
  const user = of.get('use_user_site');
  // pip stores what a switch says, not what it means: `no-user = yes` asks for a user's install too (`_update_defaults`).
  if (command === 'install' && user && isOn(user)) {
    const other = of.get('prefix_path') ?? of.get('target_dir');
    if (other) {
      shadows.push(shadowOf(user, `, which does not go with ${other.name}`));
    } else if (installed.venv && !installed.systemSitePackages) {
      shadows.push(shadowOf(user, ', which pip refuses in this virtual environment'));
    }
  }
  const target = of.get('target_dir');
  const other = ['platforms', 'abis', 'implementation'].flatMap(dest => of.get(dest) ?? [])[0];
  if (other && command !== 'wheel') {
    const only = isOn(of.get('ignore_dependencies'));
    const placed = command === 'download' || target !== undefined || isOn(of.get('dry_run'));
    if (!only || !placed) {
      shadows.push(shadowOf(other, ', with which pip refuses to install'));
    }
  }
  return shadows;
}

async function missingFiles(deps: ToolsDeps, { of }: CommandSettings): Promise<Shadow[]> {
  const missing = async (setting: Setting, path: string, what: string): Promise<Shadow[]> => {
    const at = absolute(deps, path);
    return at === null || (await exists(deps, at)) ? [] : [shadowOf(setting, what)];
  };
  const lists = ['constraints', 'requirements'].flatMap(dest => of.get(dest) ?? []);
  const found = lists.flatMap(setting =>
    words(setting.value)
      .filter(word => !/^(https?|file):/i.test(word.text))
      .map(word => missing(setting, word.text, `, and there is no file ${word.text}: pip stops`))
  );
  const client = of.get('client_cert');
  return (
    await Promise.all([
      ...found,
      ...(client ? [missing(client, client.value, ', and there is no such file: pip stops')] : [])
    ])
  ).flat();
}
