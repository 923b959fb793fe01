import type { File } from '../../../protocol/file';
import { decodeUtf8 } from '../../pure/text/decode';
import { unifiedDiff } from '../../pure/text/diff';
import { hideConfig, hideNetrc } from '../../pure/text/hide';
import { done, type Outcome } from '../../pure/verdicts/failure';
import { listed, planFor } from './configure';
import type { Job } from './editor';
import { readMemory } from './memory';
import type { Step } from './plan';
import type { Target, ToolsDeps } from './target';

/** What `configure` would change, as a unified diff without any secret. Writes nothing, takes no lock. */
export async function preview(
  deps: ToolsDeps,
  target: Target
): Promise<Outcome<{ diff: string; files: File[] }>> {
  const memory = await readMemory(deps);
  const plan = memory.ok ? await planFor(deps, target, memory.value) : memory;
  if (!plan.ok) {
    return plan;
  }
  const { jobs, steps } = plan.value;
  return done({
    diff: steps.map(diffOf).join(''),
    files: jobs.map((job: Job, i) => listed(job, steps[i]))
  });
}

function diffOf(step: Step): string {
  if (!step.change) {
    return '';
  }
  const hide = step.tool === 'netrc' ? hideNetrc : hideConfig;
  const side = (bytes: Uint8Array | undefined) => {
    const text = bytes ? decodeUtf8(bytes) : null;
    const known = text?.ok ? text.value : '';
    return { name: bytes ? step.path : '/dev/null', text: known, shown: hide(known) };
  };
  return unifiedDiff(side(step.snapshot.file?.bytes), side(step.change.to?.bytes));
}
