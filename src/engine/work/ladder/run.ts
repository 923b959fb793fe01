import type { AwsCalls } from '../../outside/aws/calls';
import type { findCredentials } from '../../outside/aws/credentials';
import type { createCalls } from '../../outside/aws/codeartifact';
import type { ReadText } from '../../outside/aws/read-text';
import type { findRegion } from '../../outside/aws/region';
import type { Network } from '../../outside/network/network';
import type { World } from '../../outside/world/world';
import type { File } from '../../../protocol/file';
import type { KernelPip } from '../../../protocol/kernel';
import type { Rung, RungId } from '../../../protocol/rung';
import type { Settings } from '../../../protocol/settings';
import type { Verdict } from '../../../protocol/verdict';
import type { Secret } from '../../pure/secret/secret';
import type { Failure, Outcome } from '../../pure/verdicts/failure';
import type { ToolsReport } from '../tools/effective';
import type { Found } from './found';
import type { Step } from './step';

/** Told of every change. The rungs, in ladder order and with the milliseconds so far, are drawn up when asked for. */
export type OnRungs = (rungs: () => readonly Rung[]) => void;

export interface ClimbRequest {
  readonly settings: Settings;
  readonly allowedEndpointHosts: readonly string[];
  readonly mode: 'connect' | 'diagnose';
  /** This rung alone, with what it needs. */
  readonly only?: RungId;
  /** A live token: a diagnosis takes it instead of asking for another. */
  readonly cached?: { readonly token: Secret; readonly expiresAt: number; readonly indexUrl?: string } | null;
  readonly onRungs?: OnRungs;
}

/** What a climb to the top hands to whoever writes the package tools' files. */
export interface Granted {
  readonly token: Secret;
  readonly expiresAt: number;
  readonly minted: boolean;
  readonly indexUrl: string;
  readonly region: string;
  readonly domainOwner: string;
  /** When the credentials behind it end, milliseconds since the epoch. */
  readonly credentialsExpireAt?: number;
}

export interface LadderDeps {
  readonly world: World;
  readonly network: Network;
  readonly aws: {
    readonly findRegion: typeof findRegion;
    readonly findCredentials: typeof findCredentials;
    readonly createCalls: typeof createCalls;
  };
  readonly readText: ReadText;
  /** Connect only: writes the package tools' files once everything below the last rung holds. */
  readonly finish?: (granted: Granted, signal: AbortSignal) => Promise<Outcome<void>>;
  readonly inspectTools?: (indexUrl: string) => Promise<ToolsReport>;
}

export interface Climb {
  readonly rungs: Rung[];
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  /** The rung to be loud about. */
  readonly root: RungId | null;
  /** Why, when the verdict is not `ok`. */
  readonly failure: Failure | null;
  readonly region?: string;
  readonly domainOwner?: string;
  /** The API with the identity that was found, for listings. */
  readonly calls?: AwsCalls;
  /** The caller's ARN, when the source of the credentials tells it. */
  readonly principal?: string;
  readonly token?: { readonly token: Secret; readonly expiresAt: number; readonly minted: boolean };
  /** The repository endpoint as AWS answered. */
  readonly endpoint?: string;
  readonly indexUrl?: string;
  readonly files?: readonly File[];
  readonly kernels?: readonly KernelPip[];
}

/** What a rung works with. */
export interface Run {
  readonly deps: LadderDeps;
  readonly request: ClimbRequest;
  readonly found: Found;
  /** Lets those behind a rung start before it is through. */
  readonly open: (id: RungId) => void;
  /** The repository endpoint is elsewhere than assumed: its probes start again. */
  readonly probeAgain: () => void;
}

/** One rung's work. Rejects only when `signal` fires. */
export type Climber = (run: Run, signal: AbortSignal) => Promise<Step>;
