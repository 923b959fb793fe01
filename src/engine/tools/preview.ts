import type { File } from '../../protocol/file';
import { decodeUtf8 } from './text/decode';
import { unifiedDiff } from './text/diff';
import { redactConfig, redactNetrc } from './text/redact-config';
import { done, type Outcome } from '../core/failure';
import { listed, planFor } from './configure';
import type { Job } from './editor';
import { readJournal } from './journal';
import type { FilePlan } from './file-plan';
import type { ToolTarget, ToolsDeps } from './tools-deps';

/** What `configure` would change, as a unified diff without any secret. Writes nothing, takes no lock. */
export async function preview(
  deps: ToolsDeps,
  target: ToolTarget
): Promise<Outcome<{ diff: string; files: File[] }>> {
  const journal = await readJournal(deps);
  const plan = journal.ok ? await planFor(deps, target, journal.value) : journal;
  if (!plan.ok) {
    return plan;
  }
  const { jobs, steps } = plan.value;
  return done({
    diff: steps.map(diffOf).join(''),
    files: jobs.map((job: Job, i) => listed(job, steps[i]))
  });
}

function diffOf(step: FilePlan): string {
  if (!step.change) {
    return '';
  }
  const hide = step.tool === 'netrc' ? redactNetrc : redactConfig;
  const side = (bytes: Uint8Array | undefined) => {
    const text = bytes ? decodeUtf8(bytes) : null;
    const known = text?.ok ? text.value : '';
    return { name: bytes ? step.path : '/dev/null', text: known, shown: hide(known) };
  };
  return unifiedDiff(side(step.snapshot.file?.bytes), side(step.change.to?.bytes));
}
