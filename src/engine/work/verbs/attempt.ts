import type { File } from '../../../protocol/file';
import { type ConnectionRecord, nextRecord, recordPath } from '../../outside/disk/state-file';
import { refreshTime } from '../../pure/connection/refresh-time';
import type { Grant } from '../../pure/connection/state';
import { done, type Failure, type Outcome } from '../../pure/verdicts/failure';
import { climb, type Climb, type Granted, type OnRungs } from '../ladder/climb';
import { configure, type Written } from '../tools/configure';
import { inspect, type ToolsReport } from '../tools/effective';
import { toolsDeps, type VerbDeps } from './deps';
import { stampOf } from './load';
import type { Prepared } from './prepare';
import { targetOf } from './target';

/** One way up the ladder that ends in written files, and what is known afterwards. */
export interface Attempt {
  readonly climb: Climb;
  readonly files: readonly File[];
  readonly notes: readonly string[];
  readonly outcome: Outcome<Grant>;
  /** The state file's, when one was written. */
  readonly stamp: string | null;
}

/** Connect's and refresh's common work: climb, and on top write what the package tools read. */
export async function attempt(
  deps: VerbDeps,
  prepared: Prepared,
  onRungs: OnRungs,
  signal: AbortSignal
): Promise<Attempt> {
  const { settings, dataDir, allowedEndpointHosts, renews } = prepared;
  const tools = toolsDeps(deps, dataDir);
  let reached: Reached | null = null;

  const finish = async (granted: Granted): Promise<Outcome<void>> => {
    deps.learn(granted.token);
    const { indexUrl, token } = granted;
    const grant = grantFrom(deps, prepared, granted);
    let stamp = '';
    // For a restart and for other processes: everything but the token.
    const alongside = {
      path: recordPath(dataDir),
      next: (was: unknown) => {
        const record = recordOf(grant, was);
        stamp = stampOf(record);
        return record;
      }
    };
    const written = await configure(tools, { settings, indexUrl, token, renews }, { signal, alongside });
    if (!written.ok) {
      return written;
    }
    reached = { grant, written: written.value, stamp };
    return done(undefined);
  };
  // What was just written has been looked at by who wrote it.
  const inspectTools = async (indexUrl: string): Promise<ToolsReport> =>
    reached?.written.report ?? inspect(tools, { settings, indexUrl });
  const result = await climb(
    { ...deps.ladder, finish, inspectTools },
    { settings, allowedEndpointHosts, mode: 'connect', cached: null, onRungs },
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
function conclude(result: Climb, reached: Reached | null): Attempt {
  if (!reached) {
    const outcome = { ok: false, failure: result.failure ?? NOT_FINISHED } as const;
    return { climb: result, files: result.files ?? [], notes: [], outcome, stamp: null };
  }
  const { grant, written, stamp } = reached;
  return {
    climb: result,
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

function grantFrom(deps: VerbDeps, { settings }: Prepared, granted: Granted): Grant {
  const obtainedAt = deps.world.clock.now();
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
