import type { File, Tool } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Look } from './adapter';
import { octal } from './file-plan';
import { type Journal, type JournalEntry, sha256 } from './journal';
import { kernelPips } from './kernels/kernel-pips';
import { readMemory } from './memory';
import { readOnce } from './one-reading';
import { pipAnswer, type PipAnswer, terminalAnswer } from './pip/answer';
import type { OtherIndex } from './pip/asked-indexes';
import type { Login } from './pip/login';
import type { PipNetwork } from './pip/network';
import { adapterOf, PACKAGE_TOOLS } from './registry';
import type { Shadow } from './shadow';
import { toolsSummary } from './summary';
import { redactUrl } from './text/url-credentials';
import type { Expected, ToolsDeps } from './tools-deps';

/** What only the network can tell of one pip, or of another tool. */
export interface OpenQuestions {
  readonly tool: Tool;
  /** The kernel whose pip it is; undefined for the server's own, and the terminal's. */
  readonly kernel?: string;
  /** What it sends to our index; `known` where that is the token in force. */
  readonly logins: readonly (Login & { readonly known: boolean })[];
  /** The proxies that it takes of its own. */
  readonly networks: readonly Pick<PipNetwork, 'proxy'>[];
  /** What it asks beside our index. */
  readonly others: readonly OtherIndex[];
}

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
  questions?: readonly OpenQuestions[];
}

/** What pip and the other chosen tools will really use, and what shadows it. Reads only, and asks nobody. */
export async function inspect(given: ToolsDeps, wanted: Expected): Promise<ToolsReport> {
  const { deps } = readOnce(given);
  const { settings } = wanted;
  const memory = await readMemory(given);
  const tokens = memory.ok && !memory.value.isLost ? memory.value.journal.tokens : null;
  const expected: Expected = tokens
    ? { ...wanted, isOurs: password => tokens.includes(sha256(password)) }
    : wanted;
  const chosen = PACKAGE_TOOLS.filter(tool => settings.tools.some(name => name === tool.name));
  const looking = Promise.all(
    chosen.map(async tool => [tool.name, await tool.look?.(deps, expected)] as const)
  );
  const answering = pipAnswer(deps, expected);
  const [looks, own, terminal, kernelAnswers] = await Promise.all([
    looking.then(all => new Map(all)),
    answering,
    terminalAnswer(deps, expected),
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
  const kernels = kernelAnswers.map(({ kernel }) => kernel);
  const journal = memory.ok ? memory.value.journal : null;
  const asked = [
    own,
    ...(terminal ? [terminal] : []),
    ...kernelAnswers.map(({ kernel, answer }) => ({ ...answer, kernel: kernel.displayName }))
  ];
  return {
    files: files.filter(file => file !== null),
    kernels,
    ok,
    summary: toolsSummary({ ok, pip, looks, expected, files: files.filter(file => file !== null) }),
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
    questions: [
      ...(looks.has('pip') ? asked.map(one => openQuestions('pip', one, journal)) : []),
      ...(['uv', 'twine', 'npm', 'poetry'] as const).flatMap(tool => {
        const asks = looks.get(tool)?.asks;
        return asks ? [openQuestions(tool, asks, journal)] : [];
      })
    ]
  };
}

const openQuestions = (
  tool: OpenQuestions['tool'],
  asked: Asked,
  journal: Journal | null
): OpenQuestions => ({
  tool,
  ...('kernel' in asked && asked.kernel !== undefined ? { kernel: asked.kernel } : {}),
  logins: asked.logins.map(login => ({
    ...login,
    known: login.user === 'aws' && journal?.tokens[0] === sha256(login.password.reveal())
  })),
  networks: [...asked.networks.values()],
  others: asked.others
});

type Asked = NonNullable<Look['asks']> | (PipAnswer & { readonly kernel?: string });

const inEvidence = ({ name, prefix, effective, source, shadowedBy }: KernelPip) => ({
  name,
  prefix,
  effective,
  ...(source === undefined ? {} : { source }),
  shadowedBy
});

async function listedFile(deps: ToolsDeps, file: JournalEntry, look: Look | undefined): Promise<File | null> {
  const read = await deps.disk.read(file.path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const next = adapterOf(file.tool).next?.(file.indexUrl);
  const shadowedBy = look?.shadows.map(shadow => shadow.by) ?? [];
  return {
    tool: file.tool,
    path: file.path,
    scope: file.scope,
    mode: octal(read.value.file.mode),
    effective: shadowedBy.length === 0 && (look?.reads(file.path) ?? true),
    shadowedBy,
    ...(next ? { next } : {}),
    ...(file.edited ? { note: `${file.path} was edited since Connect.` } : {})
  };
}
