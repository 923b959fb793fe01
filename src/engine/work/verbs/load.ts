import { readRecord } from '../../outside/disk/state-file';
import type { Grant } from '../../pure/connection/state';
import { storedToken } from '../tools/stored-token';
import { toolsDeps, type VerbDeps } from './deps';
import { grantOf } from './target';

/** What the state file and the tools' own files say about the connection. */
export interface Loaded {
  readonly grant: Grant;
  /** Grows with every write of any process. */
  readonly generation: number;
}

/** The connection as it was left, by us or by another process; null when there is none. */
export async function load(deps: VerbDeps, dataDir: string): Promise<Loaded | null> {
  const record = await readRecord(deps.disk, dataDir);
  if (!record.ok || record.value === null) {
    return null;
  }
  const token = await storedToken(toolsDeps(deps, dataDir), { indexUrl: record.value.indexUrl });
  if (token) {
    deps.learn(token);
  }
  return { grant: grantOf(record.value, token, deps.hash), generation: record.value.generation };
}
