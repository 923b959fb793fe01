import { TOOLS, type File, type Tool } from '../../../protocol/file';
import type { Settings } from '../../../protocol/settings';
import { decodeUtf8 } from '../../pure/text/decode';
import { readIndexUrl, redactUrl, sameIndex } from '../../pure/text/index-url';
import { readNetrc } from '../../pure/text/netrc';
import { readMemory, type Remembered } from './memory';
import { octal } from './plan';
import { netrcFile } from './paths';
import { type PipEffective, pipEffective } from './pip-effective';
import type { Shadow } from './shadow';
import type { ToolsDeps } from './target';
import { twineShadows } from './twine-effective';
import { uvShadows } from './uv-effective';

/** What the package tools will really use. */
export interface ToolsReport {
  files: File[];
  /** Whether every chosen tool uses the expected index, with credentials for it. */
  ok: boolean;
  /** One plain sentence. */
  summary: string;
  evidence: Record<string, unknown>;
  shadows: Shadow[];
}

/** What is expected: the settings in force and the connection's index. */
export interface Expected {
  readonly settings: Settings;
  readonly indexUrl: string;
}

/** What pip and the other chosen tools will really use, and what shadows it. Reads only. */
export async function inspect(deps: ToolsDeps, expected: Expected): Promise<ToolsReport> {
  const { settings, indexUrl } = expected;
  const [pip, memory] = await Promise.all([
    pipEffective(deps, settings.indexMode, indexUrl),
    readMemory(deps)
  ]);
  const login = await loginFor(deps, pip, expected);
  const of: Record<Tool, readonly Shadow[]> = {
    pip: settings.tools.includes('pip') ? [...pip.shadows, ...login.shadows] : [],
    uv: settings.tools.includes('uv') ? await uvShadows(deps, settings.indexMode, indexUrl) : [],
    twine: settings.tools.includes('twine') ? twineShadows(deps, indexUrl) : []
  };
  const shadows = TOOLS.flatMap(tool => of[tool]);
  const uses = settings.indexMode === 'index-url' ? [pip.url] : pip.extra;
  const ok =
    shadows.length === 0 && (uses.some(url => sameIndex(url, indexUrl)) || !settings.tools.includes('pip'));
  const files = await Promise.all(
    (memory.ok ? memory.value.files : []).map(file => listedFile(deps, file, pip, of))
  );
  return {
    files: files.filter(file => file !== null),
    ok,
    summary: summaryOf(ok, pip, of, indexUrl),
    evidence: {
      indexUrl: redactUrl(pip.url),
      source: pip.source?.variable ?? pip.source?.path ?? 'default',
      extraIndexUrls: pip.extra.map(redactUrl),
      credentials: login.kind,
      files: pip.loaded.map(layer => layer.path),
      shadows: shadows.map(shadow => shadow.by)
    },
    shadows
  };
}

function summaryOf(
  ok: boolean,
  pip: PipEffective,
  of: Readonly<Record<Tool, readonly Shadow[]>>,
  indexUrl: string
): string {
  if (ok) {
    return `pip uses ${indexUrl}, as ${pip.source?.path ?? pip.source?.variable} says.`;
  }
  const tool = TOOLS.find(name => of[name].length > 0);
  if (!tool) {
    return `pip uses ${redactUrl(pip.url) || 'no extra index'}: no file names this connection.`;
  }
  const [first, ...others] = TOOLS.flatMap(name => of[name]);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${tool} does not use this connection because of ${first.by}${more}.`;
}

/** Whether pip finds credentials for the index, and where. */
async function loginFor(
  deps: ToolsDeps,
  pip: PipEffective,
  { settings, indexUrl }: Expected
): Promise<{ kind: 'inline' | 'netrc' | 'none'; shadows: Shadow[] }> {
  const used = settings.indexMode === 'index-url' ? [pip.url] : pip.extra;
  const url = used.find(u => sameIndex(u, indexUrl));
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
  const where = deps.world.env['NETRC'] ? ` (named by the variable NETRC)` : '';
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

async function listedFile(
  deps: ToolsDeps,
  file: Remembered,
  pip: PipEffective,
  of: Readonly<Record<Tool, readonly Shadow[]>>
): Promise<File | null> {
  const read = await deps.disk.read(file.path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const inTheWay = file.tool === 'netrc' ? [] : of[file.tool].map(shadow => shadow.by);
  const effective = inTheWay.length === 0 && (file.tool !== 'pip' || pip.source?.path === file.path);
  return {
    tool: file.tool,
    path: file.path,
    scope: file.scope,
    mode: octal(read.value.file.mode),
    effective,
    shadowedBy: inTheWay,
    ...(file.edited ? { note: `${file.path} was edited since Connect.` } : {})
  };
}
