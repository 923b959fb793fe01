import { TOOLS, type Tool } from '../../protocol/file';
import type { SettingsInput } from '../../protocol/request';
import type { SettingName } from '../../protocol/settings';
import type { EngineDeps } from '../connection/engine-deps';
import { readState } from '../connection/load-connection';

type Flags = Readonly<Partial<Record<SettingName, unknown>>>;

/**
 * What `aws codeartifact login` takes beyond our own flags, turned into settings, so that a cell
 * or script changes one word. Source: awscli/customizations/codeartifact/login.py.
 */
export function loginFlags(
  values: Readonly<Record<string, unknown>>
): { readonly flags: Partial<Record<SettingName, unknown>> } | { readonly message: string } {
  const tool = values.tool;
  if (tool === undefined) {
    return { message: `login needs --tool, one of ${TOOLS.join(', ')}.` };
  }
  if (!(TOOLS as readonly unknown[]).includes(tool)) {
    return {
      message: `--tool ${String(tool)} is not one of ours: it takes ${TOOLS.join(', ')}. For others use "aws codeartifact login".`
    };
  }
  if (values.namespace !== undefined) {
    return { message: `Argument --namespace is not supported for ${String(tool)}.` };
  }
  for (const needed of ['domain', 'repository']) {
    if (values[needed] === undefined) {
      return { message: `login needs --${needed}, as "aws codeartifact login" does.` };
    }
  }
  const endpoint = values['endpoint-url'];
  return { flags: { tools: [tool], ...(endpoint !== undefined && { apiEndpoint: endpoint }) } };
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
