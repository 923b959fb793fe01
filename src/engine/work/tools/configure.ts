import type { File } from '../../../protocol/file';
import type { Change } from '../../outside/disk/change';
import { jsonBytes } from '../../outside/disk/json-file';
import { done, type Outcome } from '../../pure/verdicts/failure';
import { type Alongside, carryOut, type Plan } from './carry-out';
import type { Job } from './editor';
import { inspect, type ToolsReport } from './effective';
import { jobsFor } from './jobs';
import { type Memory, memoryPath, sha256 } from './memory';
import { afterwards } from './once';
import { netrcFile, pipFile } from './paths';
import { octal, SECRET_MODE, type Step, stepBack, stepFor } from './plan';
import type { Target, ToolsDeps } from './target';

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
export async function planFor(deps: ToolsDeps, target: Target, memory: Memory): Promise<Outcome<TargetPlan>> {
  const found = await jobsFor(deps, target, memory);
  if (!found.ok) {
    return found;
  }
  const { jobs, notes } = found.value;
  const left = memory.files.filter(f => !jobs.some(job => job.path === f.path));
  const planned = await Promise.all([
    ...jobs.map(job => stepFor(deps, job, memory, target)),
    ...left.map(file => stepBack(deps, file, memory))
  ]);
  const steps: Step[] = [];
  for (const step of planned) {
    if (!step.ok) {
      return step;
    }
    steps.push(step.value);
  }
  const hash = sha256(target.token.reveal());
  const tokens = [hash, ...memory.tokens.filter(t => t !== hash)].slice(0, KEPT_TOKENS);
  return done({ jobs, steps, tokens, notes: [...notes, ...steps.flatMap(step => step.notes)] });
}

/**
 * Makes every chosen tool use the target. All files or none; nothing is written when nothing
 * changes. Fails with `write_failed` (path, and the line of a file its tool cannot read).
 */
export async function configure(
  deps: ToolsDeps,
  target: Target,
  { signal, alongside }: { readonly signal?: AbortSignal; readonly alongside?: Alongside } = {}
): Promise<Outcome<Written>> {
  const written = await carryOut(
    deps,
    {
      plan: async (seeing, memory) => {
        const plan = await planFor(seeing, target, memory);
        return plan.ok ? done({ ...plan.value, report: foresee(seeing, target, plan.value) }) : plan;
      },
      soon: seeing => readSoon(seeing, target),
      ...(alongside ? { alongside } : {})
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
async function readSoon(seeing: ToolsDeps, { settings }: Target): Promise<void> {
  const files = await Promise.all([netrcFile(seeing), pipFile(seeing, settings.scope)]);
  await Promise.all(files.map(file => file.ok && seeing.disk.read(file.value)));
}

/** What the tools will use once the plan is carried out: looked at while the files are being written. */
function foresee(seeing: ToolsDeps, target: Target, { steps, tokens }: TargetPlan): Promise<ToolsReport> {
  const files = steps.flatMap(step => step.remembered ?? []);
  const memory = memoryChange(seeing, { version: 1, generation: 0, tokens, files });
  const changes = [memory, ...steps.flatMap(step => step.change ?? [])];
  const report = inspect(afterwards(seeing, changes), target);
  report.catch(() => undefined);
  return report;
}

const memoryChange = (deps: ToolsDeps, memory: Memory): Change => {
  const path = memoryPath(deps);
  return {
    snapshot: { path, real: path, file: null },
    to: { bytes: jsonBytes(memory), mode: SECRET_MODE },
    folders: []
  };
};

/** A file as the document lists it, before anything is known of what shadows it. */
export const listed = (job: Job, step: Step): File => ({
  tool: job.tool,
  path: job.path,
  scope: job.scope,
  mode: octal(step.mode),
  effective: true,
  shadowedBy: [],
  ...(step.notes.length > 0 ? { note: step.notes.join(' ') } : {})
});
