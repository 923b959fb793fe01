import { TOOLS } from '../../protocol/file';
import type { EngineDeps } from './engine-deps';
import { readState } from './load-connection';
import type { Prepared } from './prepare';

/**
 * `login --tool twine` after `login --tool pip` configures both, as with the AWS CLI: the tool is added to those that
 * already use this repository. Another repository takes the connection's place, tools and all.
 */
export async function withConnectedTools(deps: EngineDeps, prepared: Prepared): Promise<Prepared> {
  const { settings, dataDir } = prepared;
  const stored = await readState(deps, dataDir);
  const record = stored.kind === 'record' ? stored.record : null;
  const same =
    record !== null &&
    record.domain === settings.domain &&
    record.repository === settings.repository &&
    (!settings.domainOwner || record.domainOwner === settings.domainOwner) &&
    (!settings.region || record.region === settings.region);
  if (!same) {
    return prepared;
  }
  const wanted = [...record.settings.tools, ...settings.tools];
  return { ...prepared, settings: { ...settings, tools: TOOLS.filter(tool => wanted.includes(tool)) } };
}
