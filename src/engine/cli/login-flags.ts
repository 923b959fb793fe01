import { TOOLS } from '../../protocol/file';
import type { SettingName } from '../../protocol/settings';

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
