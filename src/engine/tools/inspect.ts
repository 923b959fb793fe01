import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Look } from './adapter';
import { octal } from './file-plan';
import type { JournalEntry } from './journal';
import { kernelPips } from './kernels/kernel-pips';
import { readMemory } from './memory';
import { readOnce } from './one-reading';
import { pipAnswer } from './pip/answer';
import type { PipEffective } from './pip/effective';
import { PACKAGE_TOOLS } from './registry';
import type { Shadow } from './shadow';
import { redactUrl } from './text/url-credentials';
import type { Expected, ToolsDeps } from './tools-deps';

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
  const { deps } = readOnce(given);
  const { settings, indexUrl } = expected;
  const chosen = PACKAGE_TOOLS.filter(tool => settings.tools.some(name => name === tool.name));
  const looking = Promise.all(
    chosen.map(async tool => [tool.name, await tool.look?.(deps, expected)] as const)
  );
  const answering = pipAnswer(deps, expected);
  const [looks, own, memory, kernels] = await Promise.all([
    looking.then(all => new Map(all)),
    answering,
    readMemory(given),
    kernelPips(
      deps,
      expected,
      Promise.all([answering, looking]).then(([pip, all]) => ({
        pip,
        uv: new Map(all).get('uv')?.shadows ?? []
      }))
    )
  ]);
  const { pip } = own;
  const shadows = [...looks.values()].flatMap(look => look?.shadows ?? []);
  const ok = shadows.length === 0 && [...looks.values()].every(look => look?.uses !== false);
  const entries = memory.ok && !memory.value.isLost ? memory.value.journal.files : [];
  const files = await Promise.all(entries.map(file => listedFile(deps, file, looks.get(file.tool))));
  return {
    files: files.filter(file => file !== null),
    kernels,
    ok,
    summary: summaryOf(ok, pip, looks, indexUrl),
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

type Looks = ReadonlyMap<File['tool'], Look | undefined>;

const inEvidence = ({ name, prefix, effective, source, shadowedBy }: KernelPip) => ({
  name,
  prefix,
  effective,
  ...(source === undefined ? {} : { source }),
  shadowedBy
});

function summaryOf(ok: boolean, pip: PipEffective, looks: Looks, indexUrl: string): string {
  if (ok) {
    return `pip uses ${indexUrl}, as ${pip.source?.path ?? pip.source?.variable} says.`;
  }
  const [tool, look] = [...looks].find(([, each]) => each && each.shadows.length > 0) ?? [];
  if (!look) {
    return `pip uses ${redactUrl(pip.url) || 'no extra index'}: no file names this connection.`;
  }
  const [first, ...others] = [...looks.values()].flatMap(each => each?.shadows ?? []);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${tool} does not use this connection because of ${first.by}${more}.`;
}

async function listedFile(deps: ToolsDeps, file: JournalEntry, look: Look | undefined): Promise<File | null> {
  const read = await deps.disk.read(file.path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const shadowedBy = look?.shadows.map(shadow => shadow.by) ?? [];
  return {
    tool: file.tool,
    path: file.path,
    scope: file.scope,
    mode: octal(read.value.file.mode),
    effective: shadowedBy.length === 0 && (look?.reads(file.path) ?? true),
    shadowedBy,
    ...(file.edited ? { note: `${file.path} was edited since Connect.` } : {})
  };
}
