import { TOOLS, type File, type Tool } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import { redactUrl, sameIndex } from './text/url-credentials';
import { kernelPips } from './kernels/kernel-pips';
import { readJournal, type JournalEntry } from './journal';
import { cachedReads } from './read-cache';
import { activatedPrefix, pipAnswer } from './pip/answer';
import type { PipEffective } from './pip/effective';
import { octal } from './file-plan';
import type { Shadow } from './shadow';
import type { Expected, ToolsDeps } from './tools-deps';
import { twineShadows } from './twine/shadows';
import { uvShadows } from './uv/shadows';

/** What the package tools will really use. */
export interface ToolsReport {
  files: File[];
  /** Each kernel's own pip. */
  kernels?: readonly KernelPip[];
  /** Whether every chosen tool uses the expected index, with credentials for it. */
  ok: boolean;
  /** One plain sentence. */
  summary: string;
  evidence: Record<string, unknown>;
  shadows: Shadow[];
}

/** What pip and the other chosen tools will really use, and what shadows it. Reads only. */
export async function inspect(given: ToolsDeps, expected: Expected): Promise<ToolsReport> {
  const deps = cachedReads(given);
  const { settings, indexUrl } = expected;
  const answering = Promise.all([pipAnswer(deps, expected), uvOf(deps, expected)]);
  const [[own, uv], terminal, journal, kernels] = await Promise.all([
    answering,
    terminalShadows(deps, expected),
    readJournal(deps),
    kernelPips(
      deps,
      expected,
      answering.then(([pip, shadows]) => ({ pip, uv: shadows }))
    )
  ]);
  const { pip } = own;
  const of: Record<Tool, readonly Shadow[]> = {
    pip: settings.tools.includes('pip') ? distinct([...own.shadows, ...terminal]) : [],
    uv,
    twine: settings.tools.includes('twine') ? twineShadows(deps, indexUrl) : []
  };
  const shadows = TOOLS.flatMap(tool => of[tool]);
  const ok =
    shadows.length === 0 &&
    (pip.used.some(url => sameIndex(url, indexUrl)) || !settings.tools.includes('pip'));
  const files = await Promise.all(
    (journal.ok ? journal.value.files : []).map(file => listedFile(deps, file, pip, of))
  );
  return {
    files: files.filter(file => file !== null),
    kernels,
    ok,
    summary: summaryOf(ok, pip, of, indexUrl),
    evidence: {
      indexUrl: redactUrl(pip.url),
      source: pip.source?.variable ?? pip.source?.path ?? 'default',
      extraIndexUrls: pip.extra.map(redactUrl),
      credentials: own.login,
      files: pip.loaded.map(layer => layer.path),
      shadows: shadows.map(shadow => shadow.by),
      ...(kernels.length > 0 ? { kernels: kernels.map(inEvidence) } : {})
    },
    shadows
  };
}

const uvOf = async (deps: ToolsDeps, { settings, indexUrl }: Expected): Promise<readonly Shadow[]> =>
  settings.tools.includes('uv') ? uvShadows(deps, settings.indexMode, indexUrl) : [];

/** The pip that is typed in the terminal, where that is another one than the server's. */
async function terminalShadows(deps: ToolsDeps, expected: Expected): Promise<readonly Shadow[]> {
  const prefix = activatedPrefix(deps);
  return prefix === undefined || prefix === deps.pythonPrefix
    ? []
    : (await pipAnswer({ ...deps, pythonPrefix: prefix }, expected)).shadows;
}

const distinct = (shadows: readonly Shadow[]): Shadow[] => [
  ...new Map(shadows.map(shadow => [shadow.by, shadow])).values()
];

const inEvidence = ({ name, prefix, effective, source, shadowedBy }: KernelPip) => ({
  name,
  prefix,
  effective,
  ...(source === undefined ? {} : { source }),
  shadowedBy
});

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

async function listedFile(
  deps: ToolsDeps,
  file: JournalEntry,
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
