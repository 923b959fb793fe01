import type { Kernel, KernelPip } from '../../../protocol/kernel';
import { kernelFix } from './kernel-fix';
import { type OwnAnswer, pipKernelShadows, uvKernelShadows } from './kernel-shadows';
import { kernelToolsDeps, prefixOf } from './kernel-environment';
import { pipAnswer, type PipAnswer } from '../pip/answer';
import type { Shadow } from '../shadow';
import type { Expected, ToolsDeps } from '../tools-deps';

/** A kernel's pip as it is reported, and what only the network can tell of it. */
export interface KernelAnswer {
  readonly kernel: KernelPip;
  readonly answer: PipAnswer;
}

/**
 * What the pip of each kernel will use. Give it a disk that reads each file once: all but the environment's own
 * pip.conf and versions are the same for most kernels.
 */
export async function kernelPips(
  deps: ToolsDeps,
  expected: Expected,
  own: Promise<OwnAnswer>
): Promise<KernelAnswer[]> {
  const { tools } = expected.settings;
  if (!deps.kernels || !(tools.includes('pip') || tools.includes('uv'))) {
    return [];
  }
  // Several kernel specs may run one environment.
  const asked = new Map<string, Promise<PipAnswer>>();
  const ask = (kernel: Kernel): Promise<PipAnswer> => {
    const key = JSON.stringify([prefixOf(kernel), kernel.env]);
    const answer = asked.get(key) ?? askPip(kernel);
    asked.set(key, answer);
    return answer;
  };
  const askPip = (kernel: Kernel): Promise<PipAnswer> =>
    prefixOf(kernel) === deps.pythonPrefix && Object.keys(kernel.env).length === 0
      ? own.then(({ pip }) => pip)
      : pipAnswer(kernelToolsDeps(deps, kernel), expected);
  return Promise.all(
    deps.kernels.map(async kernel => {
      const [answer, ours] = await Promise.all([ask(kernel), own]);
      const pip = tools.includes('pip') ? pipKernelShadows(deps, kernel, answer, ours.pip) : [];
      const uv = tools.includes('uv') ? await uvKernelShadows(deps, kernel, ours.uv, expected) : [];
      const ok = answer.ok || !tools.includes('pip');
      return { kernel: told(kernel, answer, [...pip, ...uv], ok), answer };
    })
  );
}

function told(kernel: Kernel, { pip }: PipAnswer, shadows: readonly Shadow[], ok: boolean): KernelPip {
  const source = pip.source?.variable ?? pip.source?.path;
  const fix = kernelFix(kernel, shadows);
  return {
    name: kernel.name,
    displayName: kernel.displayName,
    prefix: prefixOf(kernel),
    effective: ok && shadows.length === 0,
    ...(source === undefined ? {} : { source }),
    shadowedBy: [...new Set(shadows.map(shadow => shadow.by))],
    ...(fix ? { fix } : {})
  };
}
