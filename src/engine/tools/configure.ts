import type { File } from '../../protocol/file';
import type { Change } from '../fs/change';
import { jsonBytes } from '../fs/json-file';
import { done, type Outcome } from '../core/failure';
import { type RecordChange, runTransaction, type Plan } from './transaction';
import type { Job } from './editor';
import { inspect, type ToolsReport } from './inspect';
import { jobsFor } from './jobs';
import { type Journal, journalPath, sha256 } from './journal';
import { withOverlay } from './read-cache';
import { netrcFile, pipFile } from './paths';
import { octal, SECRET_MODE, type FilePlan, planRestore, planWrite } from './file-plan';
import type { ToolTarget, ToolsDeps } from './tools-deps';

export interface Written {
  files: File[];
  /** Sentences to show. */
  notes: string[];
  /** False when every file said so already: then nothing was written. */
  changed: boolean;
  /** After Connect: what the tools will use, as just looked at. */
  report?: ToolsReport;
}

// Besides the token in force, the one before it may still stand in a file after a kill.
const KEPT_TOKENS = 2;

export interface TargetPlan extends Plan {
  readonly jobs: readonly Job[];
  readonly notes: readonly string[];
}

/** What configuring for a target would do, file by file; files of an earlier target are given back. */
export async function planFor(
  deps: ToolsDeps,
  target: ToolTarget,
  journal: Journal
): Promise<Outcome<TargetPlan>> {
  const found = await jobsFor(deps, target, journal);
  if (!found.ok) {
    return found;
  }
  const { jobs, notes } = found.value;
  const left = journal.files.filter(f => !jobs.some(job => job.path === f.path));
  const planned = await Promise.all([
    ...jobs.map(job => planWrite(deps, job, journal, target)),
    ...left.map(file => planRestore(deps, file, journal))
  ]);
  const steps: FilePlan[] = [];
  for (const step of planned) {
    if (!step.ok) {
      return step;
    }
    steps.push(step.value);
  }
  const hash = sha256(target.token.reveal());
  const tokens = [hash, ...journal.tokens.filter(t => t !== hash)].slice(0, KEPT_TOKENS);
  return done({ jobs, steps, tokens, notes: [...notes, ...steps.flatMap(step => step.notes)] });
}

/**
 * Makes every chosen tool use the target. All files or none; nothing is written when nothing
 * changes. Fails with `write_failed` (path, and the line of a file its tool cannot read).
 */
export async function configure(
  deps: ToolsDeps,
  target: ToolTarget,
  { signal, record }: { readonly signal?: AbortSignal; readonly record?: RecordChange } = {}
): Promise<Outcome<Written>> {
  const written = await runTransaction(
    deps,
    {
      plan: async (cached, journal) => {
        const plan = await planFor(cached, target, journal);
        return plan.ok ? done({ ...plan.value, report: inspectPlanned(cached, target, plan.value) }) : plan;
      },
      prefetch: cached => prefetch(cached, target),
      ...(record ? { record } : {})
    },
    signal
  );
  if (!written.ok) {
    return written;
  }
  const { jobs, steps, notes, changed } = written.value;
  const report = await written.value.report;
  const files = jobs.map((job, i) => ({
    ...(report.files.find(file => file.path === job.path) ?? listed(job, steps[i])),
    ...(steps[i].notes.length > 0 ? { note: steps[i].notes.join(' ') } : {})
  }));
  return done({ files, notes: [...notes], changed, report });
}

/** The files that Connect usually writes. */
async function prefetch(cached: ToolsDeps, { settings }: ToolTarget): Promise<void> {
  const files = await Promise.all([netrcFile(cached), pipFile(cached, settings.scope)]);
  await Promise.all(files.map(file => file.ok && cached.disk.read(file.value)));
}

/** What the tools will use once the plan is carried out: looked at while the files are being written. */
function inspectPlanned(
  cached: ToolsDeps,
  target: ToolTarget,
  { steps, tokens }: TargetPlan
): Promise<ToolsReport> {
  const files = steps.flatMap(step => step.entry ?? []);
  const journal = journalChange(cached, { version: 1, generation: 0, tokens, files });
  const changes = [journal, ...steps.flatMap(step => step.change ?? [])];
  const report = inspect(withOverlay(cached, changes), target);
  report.catch(() => undefined);
  return report;
}

const journalChange = (deps: ToolsDeps, journal: Journal): Change => {
  const path = journalPath(deps);
  return {
    snapshot: { path, real: path, file: null },
    to: { bytes: jsonBytes(journal), mode: SECRET_MODE },
    folders: []
  };
};

/** A file as the document lists it, before anything is known of what shadows it. */
export const listed = (job: Job, step: FilePlan): File => ({
  tool: job.tool,
  path: job.path,
  scope: job.scope,
  mode: octal(step.mode),
  effective: true,
  shadowedBy: [],
  ...(step.notes.length > 0 ? { note: step.notes.join(' ') } : {})
});
