import type { Kernel } from '../../../protocol/kernel';
import type { Disk } from '../../outside/disk/disk';
import type { World } from '../../outside/world/world';
import type { Secret } from '../../pure/secret/secret';
import type { LadderDeps } from '../ladder/climb';
import type { ToolsDeps } from '../tools/target';

/** What the verbs work with; `main.ts` builds it once. */
export interface VerbDeps {
  readonly world: World;
  readonly disk: Disk;
  /** The ladder's own needs; what it does on top, each verb says. */
  readonly ladder: Omit<LadderDeps, 'inspectTools' | 'finish'>;
  /** The Python kernels that the request at hand told of. */
  readonly kernels?: readonly Kernel[];
  /** In [0, 1), always the same for this machine and user: spreads a fleet. */
  readonly hash: number;
  /** From now on no text of ours shows this value. */
  readonly learn: (secret: Secret) => void;
}

/** `sys.prefix` of the Python that started us (jupyterlab_codeartifact/node.py): the server's own environment. */
const PREFIX_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_PREFIX';

/** What the package tools' room works with. */
export const toolsDeps = ({ world, disk, kernels }: VerbDeps, dataDir: string): ToolsDeps => ({
  world,
  disk,
  dataDir,
  kernels,
  pythonPrefix: world.env[PREFIX_VARIABLE] || undefined
});
