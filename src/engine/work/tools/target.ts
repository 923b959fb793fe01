import type { Kernel } from '../../../protocol/kernel';
import type { Settings } from '../../../protocol/settings';
import type { Disk } from '../../outside/disk/disk';
import type { World } from '../../outside/world/world';
import type { Secret } from '../../pure/secret/secret';

/** What the package tools shall be told. */
export interface Target {
  readonly settings: Settings;
  /** Without credentials; ends in `/simple/`. */
  readonly indexUrl: string;
  readonly token: Secret;
  /** Nobody has clicked Connect: a file whose index somebody has taken out or changed since is theirs. */
  readonly renews?: boolean;
}

/** What this room works with. */
export interface ToolsDeps {
  readonly world: World;
  readonly disk: Disk;
  /** Jupyter's data folder; our own folder is made inside. */
  readonly dataDir: string;
  /** `sys.prefix` of the environment whose pip.conf the scope `site` writes. */
  readonly pythonPrefix?: string;
  /** The Python kernels of this machine, each with a pip of its own. */
  readonly kernels?: readonly Kernel[];
  /** Stands before `/etc`; for tests. */
  readonly systemRoot?: string;
}
