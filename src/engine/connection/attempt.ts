import type { File } from '../../protocol/file';
import { refreshTime } from './machine/refresh-time';
import type { Grant } from './machine/state';
import { done, failure, type Outcome } from '../core/failure';
import { runDiagnosis, type Diagnosis, type GrantedToken, type OnProgress } from '../diagnosis/run-diagnosis';
import { inspect, type ToolsReport } from '../tools/inspect';
import { currentGeneration } from '../tools/memory';
import { pipNetwork } from '../tools/pip/network';
import type { ConnectionRecord, NewConnection } from '../tools/record';
import { type Committed, transaction } from '../tools/transaction';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { Prepared } from './request';
import { grantOf, targetOf } from './connection-target';

/** A diagnosis that ends in written files, and what is known afterwards. */
export interface Attempt {
  readonly diagnosis: Diagnosis;
  /** Absent when the tools' files were not reached: what is known of them stays. */
  readonly files?: readonly File[];
  readonly notes: readonly string[];
  readonly outcome: Outcome<Grant>;
  /** What the state file says after it, when it came to its end. */
  readonly record: ConnectionRecord | null;
}

/** Connect's and refresh's common work: diagnose, and in the end write what the package tools read. */
export async function attempt(
  deps: EngineDeps,
  prepared: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Attempt> {
  const { settings, dataDir, allowedEndpointHosts, renews } = prepared;
  const tools = toolsDeps(deps, dataDir);
  const basedOn = prepared.basedOn ?? (await currentGeneration(tools));
  let reached: Reached | null = null;

  const finish = async (granted: GrantedToken): Promise<Outcome<void>> => {
    deps.learn(granted.token);
    const { indexUrl, token } = granted;
    const grant = grantFrom(deps, prepared, granted);
    const written = await transaction(
      tools,
      {
        kind: renews ? 'renew' : 'connect',
        basedOn,
        target: { settings, indexUrl, token },
        connection: connectionOf(grant)
      },
      signal
    );
    if (!written.ok) {
      return written;
    }
    reached = { grant: inForce(deps, grant, written.value), written: written.value };
    return done(undefined);
  };
  // What was just written has been looked at by who wrote it.
  const inspectTools = async (indexUrl: string): Promise<ToolsReport> =>
    reached?.written.report ?? inspect(tools, { settings, indexUrl });
  const result = await runDiagnosis(
    { ...deps.diagnosis, finish, inspectTools, pipNetwork: () => pipNetwork(tools) },
    { settings, allowedEndpointHosts, mode: 'connect', cached: null, onProgress },
    signal
  );
  return conclude(result, reached);
}

/** What the end of the diagnosis left behind. */
interface Reached {
  readonly grant: Grant;
  readonly written: Committed;
}

/** Once the files are written the connection stands, even if somebody cancelled in that moment. */
function conclude(result: Diagnosis, reached: Reached | null): Attempt {
  if (!reached) {
    const outcome = { ok: false, failure: result.failure ?? NOT_FINISHED } as const;
    return {
      diagnosis: result,
      ...(result.files && { files: result.files }),
      notes: [],
      outcome,
      record: null
    };
  }
  const { grant, written } = reached;
  return {
    diagnosis: result,
    files: result.files ?? written.files,
    notes: [...written.notes],
    outcome: done(grant),
    record: written.record
  };
}

/** A run without a failure ends with a grant: anything else is a bug of ours. */
const NOT_FINISHED = failure('internal_error', { error: 'NotFinished' });

function grantFrom(deps: EngineDeps, { settings }: Prepared, granted: GrantedToken): Grant {
  const obtainedAt = deps.runtime.clock.now();
  const { token, indexUrl, expiresAt } = granted;
  return {
    target: targetOf(settings, granted.region),
    token,
    indexUrl,
    obtainedAt,
    expiresAt,
    refreshAt: settings.autoRefresh
      ? refreshTime(obtainedAt, expiresAt, deps.hash, granted.credentialsExpireAt)
      : null
  };
}

/** A token that another process has brought is not asked about again at once, however late its renewal is by our own share. */
const ADOPTED_MS = 5 * 60_000;

/** What is in force after the transaction: our token, or one that another process has put there meanwhile. */
function inForce(deps: EngineDeps, grant: Grant, { record, token }: Committed): Grant {
  if (!record || token === grant.token) {
    return grant;
  }
  if (token) {
    deps.learn(token);
  }
  const theirs = grantOf(record, token, deps.hash);
  const soonest = Math.min(theirs.expiresAt, deps.runtime.clock.now() + ADOPTED_MS);
  return { ...theirs, refreshAt: theirs.refreshAt === null ? null : Math.max(theirs.refreshAt, soonest) };
}

function connectionOf({ target, indexUrl, expiresAt, obtainedAt }: Grant): NewConnection {
  const { settings, region } = target;
  const { domain, domainOwner, repository } = settings;
  return { domain, domainOwner, repository, region, indexUrl, expiresAt, obtainedAt, settings };
}
