import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { Verb } from '../api/client';
import type { Pins } from '../settings/pins';
import type { ServerProblem } from '../api/problem';

/** What the panel is drawn from: nothing else reaches a component. Times in milliseconds since the epoch. */
export interface Store {
  /** What the server said last; null until it answered. */
  readonly document: Document | null;
  /** Why it does not answer now; null while it does. */
  readonly problem: ServerProblem | null;
  /** What this user started and is not done. `shown` only after a moment, so that a fast Connect shows no arc. */
  readonly busy: { readonly verb: Verb; readonly since: number; readonly shown: boolean } | null;
  /** The merged settings; null while they are loaded, or when they cannot be. */
  readonly settings: Readonly<Partial<Settings>> | null;
  readonly pins: Pins;
  /** What GET repositories answered; null until it did. */
  readonly listing: Repositories | null;
  /** When a red path is checked again; null when it is not. */
  readonly nextCheckAt: number | null;
  /** When a red path turned green; null when there is nothing to tell. */
  readonly fixedAt: number | null;
  /** What a notebook cell names, offered by the notebook plugin. */
  readonly offer: Offer | null;
  /** Kernels of open notebooks whose pip something in their own process takes elsewhere. */
  readonly shadows: readonly KernelShadow[];
  /** When the state shown was received. */
  readonly receivedAt: number;
}

/** Variables of a running kernel that win over pip's files. */
export interface KernelShadow {
  readonly kernelId: string;
  /** The notebook's file name. */
  readonly file: string;
  /** Their names, the most telling first; never a value. */
  readonly variables: readonly string[];
}

/** A repository named by a cell or by pasted instructions. Empty strings where nothing was named. */
export interface Choice {
  readonly domain: string;
  readonly domainOwner: string;
  readonly repository: string;
  readonly region: string;
}

export interface Offer {
  readonly choice: Choice;
  /** The notebook's file name. */
  readonly from: string;
}
