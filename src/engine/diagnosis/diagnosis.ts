import type { AwsCalls } from '../aws/api-calls';
import type { findCredentials } from '../aws/credentials';
import type { createCalls } from '../aws/codeartifact';
import type { ReadText } from '../aws/read-text';
import type { findRegion } from '../aws/region';
import type { Network } from '../net/network';
import type { Runtime } from '../runtime/runtime';
import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Rung, CheckId } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import type { Verdict } from '../../protocol/verdict';
import type { Secret } from '../core/secret/secret';
import type { Failure, Outcome } from '../core/failure';
import type { ToolTrust } from '../tools/trust';
import type { PipNetwork } from '../tools/pip/network';
import type { ToolsReport } from '../tools/inspect';
import type { Findings } from './findings';
import type { CheckResult } from './check-result';

/** Told of every change. The rungs, in ladder order and with the milliseconds so far, are drawn up when asked for. */
export type OnProgress = (rungs: () => readonly Rung[]) => void;

export interface DiagnosisRequest {
  readonly settings: Settings;
  /** What names `profile`, where it is not the settings editor. */
  readonly profileBy?: string;
  readonly allowedEndpointHosts: readonly string[];
  readonly mode: 'connect' | 'diagnose';
  /** This rung alone, with what it needs. Without a repository, the checks that need no name are made in any case. */
  readonly only?: CheckId;
  /** A live token: a diagnosis takes it instead of asking for another. */
  readonly cached?: { readonly token: Secret; readonly expiresAt: number; readonly indexUrl?: string } | null;
  /** The connection whose lines stand in the files, whether its token is still in force or not; milliseconds since the epoch. */
  readonly connection?: { readonly indexUrl: string; readonly expiresAt: number };
  readonly onProgress?: OnProgress;
}

/** What a climb to the top hands to whoever writes the package tools' files. */
export interface GrantedToken {
  readonly token: Secret;
  readonly expiresAt: number;
  readonly minted: boolean;
  readonly indexUrl: string;
  readonly region: string;
  readonly domainOwner: string;
  /** When the credentials behind it end, milliseconds since the epoch. */
  readonly credentialsExpireAt?: number;
}

export interface DiagnosisDeps {
  readonly runtime: Runtime;
  readonly network: Network;
  readonly aws: {
    readonly findRegion: typeof findRegion;
    readonly findCredentials: typeof findCredentials;
    readonly createCalls: typeof createCalls;
  };
  readonly readText: ReadText;
  /** Connect only: writes the package tools' files once everything below the last rung holds. */
  readonly finish?: (granted: GrantedToken, signal: AbortSignal) => Promise<Outcome<void>>;
  /** Connect only: a token that another process has brought since it began, so that AWS need not be asked. */
  readonly broughtToken?: () => Promise<{ readonly token: Secret; readonly expiresAt: number } | null>;
  /** What the server's own pip is told of the network; without it, its variables alone are read. */
  readonly pipNetwork?: () => Promise<PipNetwork>;
  /** Whose certificates the chosen tools other than pip take. */
  readonly toolTrusts?: () => Promise<readonly ToolTrust[]>;
  readonly inspectTools?: (indexUrl: string) => Promise<ToolsReport>;
}

export interface Diagnosis {
  readonly rungs: Rung[];
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  /** The rung to be loud about. */
  readonly root: CheckId | null;
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
export interface CheckContext {
  readonly deps: DiagnosisDeps;
  readonly request: DiagnosisRequest;
  readonly findings: Findings;
  /** Lets those behind a rung start before it is through. */
  readonly open: (id: CheckId) => void;
  /** The repository endpoint is elsewhere than assumed: its probes start again. */
  readonly probeAgain: () => void;
}

/** One check's work. Rejects only when `signal` fires. */
export type RunCheck = (run: CheckContext, signal: AbortSignal) => Promise<CheckResult>;

/** What shortens the way this time. */
export interface Shortcuts {
  /** A live token is at hand: nobody has to ask for one. */
  readonly tokenAtHand: boolean;
  /** The repository endpoint's host is known without asking. */
  readonly hostKnown: boolean;
  /** Connect writes the tools' files at the end, once everything else holds. */
  readonly writes: boolean;
}

/** What a check waits for. */
export interface Needs {
  /** Must have passed before it starts. */
  readonly needs: readonly CheckId[];
  /** Probes of the way it takes: it does not wait for them, but what breaks one of them explains its failure. */
  readonly probes?: readonly CheckId[];
}

/** How a check is done; what it is called and where it is drawn stands in protocol/checks.ts. */
export interface Check extends Needs {
  /** What it waits for instead, given a shortcut. */
  readonly shortened?: (shortcuts: Shortcuts) => Needs | undefined;
  readonly run: RunCheck;
  /** Heeds the signal itself: files are written to the end, or not at all. */
  readonly finishes?: true;
}
