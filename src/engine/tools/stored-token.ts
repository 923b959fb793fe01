import { Secret } from '../core/secret/secret';
import { sha256 } from './journal';
import { type Memory, readMemory } from './memory';
import { adapterOf } from './registry';
import { decodeUtf8 } from './text/decode';
import { sameIndex } from './text/url-credentials';
import type { ToolsDeps } from './tools-deps';

/**
 * The token we wrote for this index, from the files it was written to: for a restart, or another
 * process. Null when there is none, or when it is not the one that the record speaks of.
 */
export async function storedToken(deps: ToolsDeps, expected: { indexUrl: string }): Promise<Secret | null> {
  const memory = await readMemory(deps);
  return memory.ok ? tokenInFiles(deps, memory.value, expected) : null;
}

export async function tokenInFiles(
  deps: ToolsDeps,
  { journal, record }: Memory,
  { indexUrl }: { indexUrl: string }
): Promise<Secret | null> {
  const wanted = record?.token ?? journal.tokens[0];
  for (const file of journal.files.filter(f => sameIndex(f.indexUrl, indexUrl))) {
    const read = await deps.disk.read(file.path);
    const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
    const candidates = text?.ok ? adapterOf(file.tool).passwords(text.value, file.indexUrl) : [];
    const token = candidates.find(password => sha256(password) === wanted);
    if (token !== undefined) {
      return new Secret(token);
    }
  }
  return null;
}
