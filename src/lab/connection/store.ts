import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { Verb } from '../api/client';
import type { IServerProblem } from '../api/problem';
import type { IKernelShadow } from '../kernel/kernel-code';
import type { IOffer } from '../settings/instructions';
import type { Pins } from '../settings/pins';

/** A request that was copied: when, for whom, and about which repository. */
export interface IAsked {
  readonly at: number;
  readonly who: string;
  readonly target: string;
}

/** The state that the panel is drawn from. Times are in milliseconds since the epoch. */
export interface IStore {
  /** The server's last final answer; null before the first. It stays until there is another one. */
  readonly document: Document | null;
  /** The newest answer of a run that is under way, here or elsewhere; null while nothing runs. */
  readonly live: Document | null;
  /** Why the server does not answer now; null while it does. */
  readonly problem: IServerProblem | null;
  /** What this page started and has not finished. `shown` is set after a moment, so that a fast Connect shows no arc. */
  readonly busy: {
    readonly verb: Verb;
    readonly byUser: boolean;
    readonly since: number;
    readonly shown: boolean;
  } | null;
  /** The merged settings; null while they are loaded, or when they cannot be. */
  readonly settings: Readonly<Partial<Settings>> | null;
  readonly pins: Pins;
  /** The answer of GET repositories; null before it. */
  readonly listing: Repositories | null;
  /** When a red path is checked again; null when it is not. */
  readonly nextCheckAt: number | null;
  /** The request that was copied last; null when what it asked for was seen to work. */
  readonly asked: IAsked | null;
  /** Whether the present document is the first that tells of a repair. */
  readonly repaired: boolean;
  /** What this user asked for last, when it was done, and whether all is as before: such a click is answered too. */
  readonly done: { readonly verb: Verb | 'reload'; readonly at: number; readonly same: boolean } | null;
  /** The repository that a notebook cell names, from the notebook plugin. */
  readonly offer: IOffer | null;
  /** Kernels of open notebooks in whose process something overrides pip's files. */
  readonly shadows: readonly IKernelShadow[];
  /** When the present document was received. */
  readonly receivedAt: number;
  /** When the store last changed: what depends on the time left is derived from it. */
  readonly now: number;
}

/** The state of a page that has heard nothing yet. */
export const emptyStore = (pins: Pins, now: number): IStore => ({
  document: null,
  live: null,
  problem: null,
  busy: null,
  settings: null,
  pins,
  listing: null,
  nextCheckAt: null,
  asked: null,
  repaired: false,
  done: null,
  offer: null,
  shadows: [],
  receivedAt: now,
  now
});
