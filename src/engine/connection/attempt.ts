import type { File } from '../../protocol/file';
import { type ConnectionRecord, nextRecord, recordPath } from './record';
import { refreshTime } from './machine/refresh-time';
import type { Grant } from './machine/state';
import { done, type Failure, type Outcome } from '../core/failure';
import { runDiagnosis, type Diagnosis, type GrantedToken, type OnProgress } from '../diagnosis/run-diagnosis';
import { configure, type Written } from '../tools/configure';
import { inspect, type ToolsReport } from '../tools/inspect';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { stampOf } from './load-connection';
import type { Prepared } from './request';
import { targetOf } from './connection-target';

/** One way up the ladder that ends in written files, and what is known afterwards. */
export interface Attempt {
  readonly diagnosis: Diagnosis;
  /** Absent when the tools' files were not reached: what is known of them stays. */
  readonly files?: readonly File[];
  readonly notes: readonly string[];
  readonly outcome: Outcome<Grant>;
  /** The state file's, when one was written. */
  readonly stamp: string | null;
}

/** Connect's and refresh's common work: climb, and on top write what the package tools read. */
export async function attempt(
  deps: EngineDeps,
  prepared: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Attempt> {
  const { settings, dataDir, allowedEndpointHosts, renews } = prepared;
  const tools = toolsDeps(deps, dataDir);
  let reached: Reached | null = null;

  const finish = async (granted: GrantedToken): Promise<Outcome<void>> => {
    deps.learn(granted.token);
    const { indexUrl, token } = granted;
    const grant = grantFrom(deps, prepared, granted);
    let stamp = '';
    // For a restart and for other processes: everything but the token.
    const record = {
      path: recordPath(dataDir),
      next: (was: unknown) => {
        const record = recordOf(grant, was);
        stamp = stampOf(record);
        return record;
      }
    };
    const written = await configure(tools, { settings, indexUrl, token, renews }, { signal, record });
    if (!written.ok) {
      return written;
    }
    reached = { grant, written: written.value, stamp };
    return done(undefined);
  };
  // What was just written has been looked at by who wrote it.
  const inspectTools = async (indexUrl: string): Promise<ToolsReport> =>
    reached?.written.report ?? inspect(tools, { settings, indexUrl });
  const result = await runDiagnosis(
    { ...deps.diagnosis, finish, inspectTools },
    { settings, allowedEndpointHosts, mode: 'connect', cached: null, onProgress },
    signal
  );
  return conclude(result, reached);
}

/** What the top of the ladder left behind. */
interface Reached {
  readonly grant: Grant;
  readonly written: Written;
  readonly stamp: string;
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
      stamp: null
    };
  }
  const { grant, written, stamp } = reached;
  return {
    diagnosis: result,
    files: result.files ?? written.files,
    notes: [...written.notes],
    outcome: done(grant),
    stamp
  };
}

const NOT_FINISHED: Failure = {
  verdict: 'service_error',
  cause: 'not_finished',
  summary: 'The way up the ladder did not come to its end.',
  evidence: {}
};

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

function recordOf(grant: Grant, was: unknown): ConnectionRecord {
  const { settings, region } = grant.target;
  const { domain, domainOwner, repository } = settings;
  const { indexUrl, expiresAt, obtainedAt } = grant;
  return nextRecord(was, {
    domain,
    domainOwner,
    repository,
    region,
    indexUrl,
    expiresAt,
    obtainedAt,
    settings
  });
}
