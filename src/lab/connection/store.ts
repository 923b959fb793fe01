import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { Verb } from '../api/client';
import type { IServerProblem } from '../api/problem';
import type { IKernelShadow } from '../kernel/kernel-code';
import type { IOffer } from '../settings/instructions';
import type { Pins } from '../settings/pins';

/** The state that the panel is drawn from. Times are in milliseconds since the epoch. */
export interface IStore {
  /** The server's last answer; null before the first. */
  readonly document: Document | null;
  /** Why the server does not answer now; null while it does. */
  readonly problem: IServerProblem | null;
  /** What this user started and has not finished. `shown` is set after a moment, so that a fast Connect shows no arc. */
  readonly busy: { readonly verb: Verb; readonly since: number; readonly shown: boolean } | null;
  /** The merged settings; null while they are loaded, or when they cannot be. */
  readonly settings: Readonly<Partial<Settings>> | null;
  readonly pins: Pins;
  /** The answer of GET repositories; null before it. */
  readonly listing: Repositories | null;
  /** When a red path is checked again; null when it is not. */
  readonly nextCheckAt: number | null;
  /** When a red path turned green; null when it has not. */
  readonly fixedAt: number | null;
  /** The repository that a notebook cell names, from the notebook plugin. */
  readonly offer: IOffer | null;
  /** Kernels of open notebooks in whose process something overrides pip's files. */
  readonly shadows: readonly IKernelShadow[];
  /** When the present document was received. */
  readonly receivedAt: number;
}
