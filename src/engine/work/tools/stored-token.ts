import { decodeUtf8 } from '../../pure/text/decode';
import { readIndexUrl, sameIndex } from '../../pure/text/index-url';
import { readNetrc } from '../../pure/text/netrc';
import { readPipConfig } from '../../pure/text/pip-config';
import { words } from '../../pure/text/python-space';
import { Secret } from '../../pure/secret/secret';
import { type Memory, readMemory, type Remembered, sha256 } from './memory';
import type { ToolsDeps } from './target';

/**
 * The token we wrote for this index, from the files it was written to: for a restart, or another
 * process. Null when there is none, or when it is not one of ours.
 */
export async function storedToken(deps: ToolsDeps, expected: { indexUrl: string }): Promise<Secret | null> {
  const memory = await readMemory(deps);
  if (!memory.ok) {
    return null;
  }
  for (const file of memory.value.files.filter(f => sameIndex(f.indexUrl, expected.indexUrl))) {
    const read = await deps.disk.read(file.path);
    const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
    const token = text?.ok ? tokenIn(text.value, file, memory.value) : undefined;
    if (token !== undefined) {
      return new Secret(token);
    }
  }
  return null;
}

// Only the newest: the one before it may have been replaced because it was about to end.
function tokenIn(text: string, file: Remembered, memory: Memory): string | undefined {
  return candidates(text, file).find(password => memory.tokens[0] === sha256(password));
}

function candidates(text: string, file: Remembered): string[] {
  if (file.tool === 'netrc') {
    const netrc = readNetrc(text);
    const host = readIndexUrl(file.indexUrl)?.host;
    return netrc.ok
      ? netrc.value.entries.flatMap(e => (e.host === host && e.password ? [e.password.text] : []))
      : [];
  }
  const config = file.tool === 'pip' ? readPipConfig(text) : null;
  const urls = config?.ok ? [...config.value.values()].flatMap(v => words(v.value)) : [];
  return urls.flatMap(url => readIndexUrl(url.text)?.password ?? []);
}
