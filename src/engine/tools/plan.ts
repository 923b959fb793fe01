import type { File } from '../../protocol/file';
import { done, type Outcome } from '../core/failure';
import type { Job } from './adapter';
import { octal, type FilePlan, planRestore, planWrite } from './file-plan';
import { jobsFor } from './jobs';
import type { Memory } from './memory';
import type { ToolTarget, ToolsDeps } from './tools-deps';

/** What is to be done, file by file, in the order in which it is done. */
export interface Plan {
  readonly jobs: readonly Job[];
  readonly steps: readonly FilePlan[];
  readonly notes: readonly string[];
}

/** What connecting to a target would do; files of an earlier target are given back. */
export async function planConnect(
  deps: ToolsDeps,
  target: ToolTarget,
  memory: Memory,
  renews = false
): Promise<Outcome<Plan>> {
  const found = await jobsFor(deps, target, memory.journal);
  if (!found.ok) {
    return found;
  }
  const { jobs, notes } = found.value;
  const left = memory.journal.files.filter(f => !jobs.some(job => job.path === f.path));
  const planned = await Promise.all([
    ...jobs.map(job => planWrite(deps, job, memory, renews)),
    ...left.map(file => planRestore(deps, file, memory))
  ]);
  const steps = allOf(planned);
  return steps.ok
    ? done({ jobs, steps: steps.value, notes: [...notes, ...steps.value.flatMap(step => step.notes)] })
    : steps;
}

/** What Disconnect does: every file as it would be without us. */
export async function planDisconnect(deps: ToolsDeps, memory: Memory): Promise<Outcome<Plan>> {
  // The configuration first and the netrc last: pip must never see the index without its token.
  const files = [...memory.journal.files].reverse();
  const steps = allOf(await Promise.all(files.map(file => planRestore(deps, file, memory))));
  return steps.ok
    ? done({ jobs: [], steps: steps.value, notes: steps.value.flatMap(step => step.notes) })
    : steps;
}

function allOf(planned: readonly Outcome<FilePlan>[]): Outcome<FilePlan[]> {
  const steps: FilePlan[] = [];
  for (const step of planned) {
    if (!step.ok) {
      return step;
    }
    steps.push(step.value);
  }
  return done(steps);
}

/** A file as the document lists it, before anything is known of what shadows it. */
export const listed = (job: Job, step: FilePlan): File => ({
  tool: job.tool.name,
  path: job.path,
  scope: job.scope,
  mode: octal(step.mode),
  effective: true,
  shadowedBy: [],
  ...(job.tool.next ? { next: job.tool.next(job.wish.indexUrl) } : {}),
  ...(step.notes.length > 0 ? { note: step.notes.join(' ') } : {})
});
