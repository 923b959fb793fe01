import type { File } from '../../protocol/file';
import { done, type Outcome } from '../core/failure';
import type { FilePlan } from './file-plan';
import { readMemory } from './memory';
import { listed, planConnect } from './plan';
import { adapterOf } from './registry';
import { decodeUtf8 } from './text/decode';
import { unifiedDiff } from './text/diff';
import type { ToolTarget, ToolsDeps } from './tools-deps';

/** What Connect would change, as a unified diff without any secret. Writes nothing, takes no lock. */
export async function preview(
  deps: ToolsDeps,
  target: ToolTarget
): Promise<Outcome<{ diff: string; files: File[] }>> {
  const memory = await readMemory(deps);
  const plan = memory.ok ? await planConnect(deps, target, memory.value) : memory;
  if (!plan.ok) {
    return plan;
  }
  const { jobs, steps } = plan.value;
  return done({
    diff: steps.map(diffOf).join(''),
    files: jobs.map((job, i) => listed(job, steps[i]))
  });
}

function diffOf(step: FilePlan): string {
  if (!step.change) {
    return '';
  }
  const side = (bytes: Uint8Array | undefined) => {
    const text = bytes ? decodeUtf8(bytes) : null;
    const known = text?.ok ? text.value : '';
    return {
      name: bytes ? step.path : '/dev/null',
      text: known,
      shown: adapterOf(step.tool).redact(known)
    };
  };
  return unifiedDiff(side(step.snapshot.file?.bytes), side(step.change.to?.bytes));
}
