import { decodeUtf8 } from '../text/decode';
import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { readNetrc } from '../netrc/netrc';
import { netrcFile } from '../paths';
import type { PipEffective } from './effective';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/** Where pip finds the password for the index. */
export interface PipLogin {
  readonly kind: 'inline' | 'netrc' | 'none';
  readonly shadows: readonly Shadow[];
}

/** Whether pip finds credentials for the index, and where. */
export async function pipLogin(
  deps: ToolsDeps,
  pip: Pick<PipEffective, 'used'>,
  indexUrl: string
): Promise<PipLogin> {
  const url = pip.used.find(u => sameIndex(u, indexUrl));
  if (url === undefined) {
    return { kind: 'none', shadows: [] };
  }
  if (readIndexUrl(url)?.password) {
    return { kind: 'inline', shadows: [] };
  }
  const path = await netrcFile(deps);
  if (!path.ok) {
    return {
      kind: 'none',
      shadows: [{ by: 'a missing HOME: without it pip finds no netrc', variable: 'HOME' }]
    };
  }
  const where = deps.runtime.env['NETRC'] ? ` (named by the variable NETRC)` : '';
  const read = await deps.disk.read(path.value);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const netrc = text?.ok ? readNetrc(text.value) : null;
  if (text && !netrc?.ok) {
    const problem = netrc?.problem ?? (text.ok ? undefined : text.problem);
    const by = `${path.value}${where}, which pip cannot read: on line ${problem?.line}, ${problem?.what}`;
    return { kind: 'none', shadows: [{ by, path: path.value, line: problem?.line }] };
  }
  const host = readIndexUrl(indexUrl)!.host;
  const entries = netrc?.ok ? netrc.value.entries : [];
  const entry = entries.findLast(e => e.host === host) ?? entries.findLast(e => e.host === 'default');
  if (entry?.password?.text) {
    return { kind: 'netrc', shadows: [] };
  }
  return {
    kind: 'none',
    shadows: [{ by: `${path.value}${where}, which has no password for ${host}`, path: path.value }]
  };
}
