import type { Kernel } from '../../protocol/kernel';
import type { Disk } from '../fs/disk';
import type { Runtime } from '../runtime/runtime';
import type { Secret } from '../core/secret/secret';
import type { DiagnosisDeps } from '../diagnosis/run-diagnosis';
import type { ToolsDeps } from '../tools/tools-deps';

/** What the verbs work with; `main.ts` builds it once. */
export interface EngineDeps {
  readonly runtime: Runtime;
  readonly disk: Disk;
  /** The ladder's own needs; what it does on top, each verb says. */
  readonly diagnosis: Omit<DiagnosisDeps, 'inspectTools' | 'finish' | 'broughtToken'>;
  /** The Python kernels that the request at hand told of. */
  readonly kernels?: readonly Kernel[];
  /** Told of what still runs when an answer has been given: a process that ends waits for it. */
  readonly lingers?: (end: Promise<void>) => void;
  /** In [0, 1), always the same for this machine and user: spreads a fleet. */
  readonly hash: number;
  /** From now on no text of ours shows this value. */
  readonly learn: (secret: Secret) => void;
}

/** `sys.prefix` of the Python that started us (jupyterlab_codeartifact/node.py): the server's own environment. */
const PREFIX_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_PREFIX';

/** What the package tools' room works with. */
export const toolsDeps = ({ runtime, disk, kernels }: EngineDeps, dataDir: string): ToolsDeps => ({
  runtime,
  disk,
  dataDir,
  kernels,
  pythonPrefix: runtime.env[PREFIX_VARIABLE] || undefined
});
