import type { Kernel, KernelPip } from '../../../protocol/kernel';
import { kernelFix } from './kernel-fix';
import { type OwnAnswer, pipKernelShadows, uvKernelShadows } from './kernel-shadows';
import { kernelToolsDeps, movedBy, prefixOf } from './kernel-environment';
import { pipSiteFile } from '../paths';
import { pipAnswer, type PipAnswer } from '../pip/answer';
import type { Shadow } from '../shadow';
import type { Expected, ToolsDeps } from '../tools-deps';

/**
 * What the pip of each kernel will use. Give it a disk that reads each file once: all but the environment's own
 * pip.conf are the same for most kernels.
 */
export async function kernelPips(
  deps: ToolsDeps,
  expected: Expected,
  own: Promise<OwnAnswer>
): Promise<KernelPip[]> {
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
  const askPip = async (kernel: Kernel): Promise<PipAnswer> => {
    const seen = kernelToolsDeps(deps, kernel);
    return movedBy(deps, kernel) === undefined && (await sameSite(deps, seen))
      ? (await own).pip
      : pipAnswer(seen, expected);
  };
  return Promise.all(
    deps.kernels.map(async kernel => {
      const [answer, ours] = await Promise.all([ask(kernel), own]);
      const pip = tools.includes('pip') ? pipKernelShadows(deps, kernel, answer, ours.pip) : [];
      const uv = tools.includes('uv') ? await uvKernelShadows(deps, kernel, ours.uv, expected) : [];
      const ok = answer.ok || !tools.includes('pip');
      return told(kernel, answer, [...pip, ...uv], ok);
    })
  );
}

/** An environment makes no other difference to pip than its pip.conf; most have none, as the server's own. */
async function sameSite(deps: ToolsDeps, seen: ToolsDeps): Promise<boolean> {
  const [own, other] = [pipSiteFile(deps), pipSiteFile(seen)];
  if (own === other) {
    return true;
  }
  const reads = await Promise.all([own, other].map(path => (path === null ? null : deps.disk.read(path))));
  return reads.every(read => read === null || (read.ok && read.value.file === null));
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
