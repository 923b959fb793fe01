import { TOOLS, type File, type Tool } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import { redactUrl, sameIndex } from './text/url-credentials';
import { kernelPips } from './kernels/kernel-pips';
import { type Journal, readJournal, type JournalEntry, sha256 } from './journal';
import { cachedReads } from './read-cache';
import { activatedPrefix, pipAnswer, type PipAnswer } from './pip/answer';
import type { OtherIndex } from './pip/asked-indexes';
import type { PipEffective } from './pip/effective';
import type { Login } from './pip/login';
import type { PipNetwork } from './pip/network';
import { octal } from './file-plan';
import type { Shadow } from './shadow';
import { toolsSummary } from './summary';
import type { Expected, ToolsDeps } from './tools-deps';
import { twineShadows } from './twine/shadows';
import { uvShadows } from './uv/shadows';

/** What only the network can tell of one pip. */
export interface OpenQuestions {
  /** The kernel whose pip it is; undefined for the server's own, and the terminal's. */
  readonly kernel?: string;
  /** What it sends to our index; `known` where that is the token in force. */
  readonly logins: readonly (Login & { readonly known: boolean })[];
  /** How it gets there. */
  readonly networks: readonly PipNetwork[];
  /** What it asks beside our index. */
  readonly others: readonly OtherIndex[];
}

/** What the package tools will really use. */
export interface ToolsReport {
  files: File[];
  /** Each kernel's own pip. */
  kernels?: readonly KernelPip[];
  /** Whether every chosen tool uses the expected index, with credentials for it, as far as files and variables tell. */
  ok: boolean;
  /** One plain sentence. */
  summary: string;
  evidence: Record<string, unknown>;
  shadows: Shadow[];
  questions?: readonly OpenQuestions[];
}

/** What pip and the other chosen tools will really use, and what shadows it. Reads only, and asks nobody. */
export async function inspect(given: ToolsDeps, expected: Expected): Promise<ToolsReport> {
  const deps = cachedReads(given);
  const { settings, indexUrl } = expected;
  const answering = Promise.all([pipAnswer(deps, expected), uvOf(deps, expected)]);
  const [[own, uv], terminal, journal, kernelAnswers] = await Promise.all([
    answering,
    terminalAnswer(deps, expected),
    readJournal(deps),
    kernelPips(
      deps,
      expected,
      answering.then(([pip, shadows]) => ({ pip, uv: shadows }))
    )
  ]);
  const { pip } = own;
  const hasPip = settings.tools.includes('pip');
  const of: Record<Tool, readonly Shadow[]> = {
    pip: hasPip ? distinct([...own.shadows, ...(terminal?.shadows ?? [])]) : [],
    uv,
    twine: settings.tools.includes('twine') ? twineShadows(deps, indexUrl) : []
  };
  const shadows = TOOLS.flatMap(tool => of[tool]);
  const ok = shadows.length === 0 && (pip.used.some(url => sameIndex(url, indexUrl)) || !hasPip);
  const files = await Promise.all(
    (journal.ok ? journal.value.files : []).map(file => listedFile(deps, file, pip, of))
  );
  const kernels = kernelAnswers.map(({ kernel }) => kernel);
  const questions = hasPip
    ? [
        own,
        ...(terminal ? [terminal] : []),
        ...kernelAnswers.map(({ kernel, answer }) => ({ ...answer, kernel: kernel.displayName }))
      ].map(asked => openQuestions(asked, journal.ok ? journal.value : null))
    : [];
  return {
    files: files.filter(file => file !== null),
    kernels,
    ok,
    summary: toolsSummary({ ok, pip, of, expected, files: files.filter(file => file !== null) }),
    evidence: {
      indexUrl: redactUrl(pip.url),
      source: pip.source?.variable ?? pip.source?.path ?? 'default',
      extraIndexUrls: pip.extra.map(redactUrl),
      credentials: own.login,
      files: pip.loaded.map(layer => layer.path),
      shadows: shadows.map(shadow => shadow.by),
      ...(kernels.length > 0 ? { kernels: kernels.map(inEvidence) } : {})
    },
    shadows,
    ...(questions.length > 0 ? { questions } : {})
  };
}

const openQuestions = (
  { logins, others, networks, kernel }: PipAnswer & { readonly kernel?: string },
  journal: Journal | null
): OpenQuestions => ({
  ...(kernel === undefined ? {} : { kernel }),
  logins: logins.map(login => ({
    ...login,
    known: login.user === 'aws' && journal?.tokens[0] === sha256(login.password.reveal())
  })),
  networks: [...networks.values()],
  others
});

const uvOf = async (deps: ToolsDeps, { settings, indexUrl }: Expected): Promise<readonly Shadow[]> =>
  settings.tools.includes('uv') ? uvShadows(deps, settings.indexMode, indexUrl) : [];

/** The pip that is typed in the terminal, where that is another one than the server's. */
async function terminalAnswer(deps: ToolsDeps, expected: Expected): Promise<PipAnswer | null> {
  const prefix = activatedPrefix(deps);
  return prefix === undefined || prefix === deps.pythonPrefix
    ? null
    : pipAnswer({ ...deps, pythonPrefix: prefix }, expected);
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
