import type { Kernel } from '../../protocol/kernel';
import type { Settings } from '../../protocol/settings';
import type { Disk } from '../fs/disk';
import type { Runtime } from '../runtime/runtime';
import type { Secret } from '../core/secret/secret';

/** What the package tools shall be told. */
export interface ToolTarget {
  readonly settings: Settings;
  /** Without credentials; ends in `/simple/`. */
  readonly indexUrl: string;
  readonly token: Secret;
}

/** What reading and writing the package tools' files takes. */
export interface ToolsDeps {
  readonly runtime: Runtime;
  readonly disk: Disk;
  /** Jupyter's data folder, where builds before the first release kept their memory; empty when it is not known. */
  readonly dataDir: string;
  /** `sys.prefix` of the environment whose pip.conf the scope `site` writes. */
  readonly pythonPrefix?: string;
  /** The Python kernels of this machine, each with a pip of its own. */
  readonly kernels?: readonly Kernel[];
  /** Stands before `/etc`; for tests. */
  readonly systemRoot?: string;
}

/** What is expected: the settings in force and the connection's index. */
export interface Expected {
  readonly settings: Settings;
  readonly indexUrl: string;
  /** Whether a password is a token that we wrote; left out where that is not known. */
  readonly isOurs?: (password: string) => boolean;
}
