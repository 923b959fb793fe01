import type { File } from '../../../protocol/file';
import type { Rung } from '../../../protocol/rung';
import { type ConnectionRecord, readRecord, writeRecord } from '../../outside/disk/state-file';
import { refreshTime } from '../../pure/connection/refresh-time';
import type { Grant } from '../../pure/connection/state';
import { done, type Failure, type Outcome } from '../../pure/verdicts/failure';
import { climb, type Climb, type Granted } from '../ladder/climb';
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
  onRungs: (rungs: readonly Rung[]) => void,
  signal: AbortSignal
): Promise<Attempt> {
  const { settings, dataDir, allowedEndpointHosts } = prepared;
  const tools = toolsDeps(deps, dataDir);
  let reached: { grant: Grant; written: Written; remembered: Outcome<string> } | null = null;

  const finish = async (granted: Granted): Promise<Outcome<void>> => {
    deps.learn(granted.token);
    const { indexUrl, token } = granted;
    const written = await configure(tools, { settings, indexUrl, token }, signal);
    if (!written.ok) {
      return written;
    }
    const grant = grantFrom(deps, prepared, granted);
    const remembered = await remember(deps, dataDir, grant, written.value.files);
    reached = { grant, written: written.value, remembered };
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

/** Once the files are written the connection stands, even if somebody cancelled in that moment. */
function conclude(
  result: Climb,
  reached: { grant: Grant; written: Written; remembered: Outcome<string> } | null
): Attempt {
  if (!reached) {
    const outcome = { ok: false, failure: result.failure ?? NOT_FINISHED } as const;
    return { climb: result, files: result.files ?? [], notes: [], outcome, stamp: null };
  }
  const { grant, written, remembered } = reached;
  // pip works with what was written: a state file that cannot be is no reason to take that away.
  const notes = remembered.ok ? [] : [`${remembered.failure.summary} After a restart, connect again.`];
  return {
    climb: result,
    files: result.files ?? written.files,
    notes: [...written.notes, ...notes],
    outcome: done(grant),
    stamp: remembered.ok ? remembered.value : null
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

/** For a restart and for other processes: everything but the token. Answers the record's stamp. */
async function remember(
  deps: VerbDeps,
  dataDir: string,
  grant: Grant,
  files: readonly File[]
): Promise<Outcome<string>> {
  const before = await readRecord(deps.disk, dataDir);
  const { domain, domainOwner, repository } = grant.target.settings;
  const record: ConnectionRecord = {
    version: 1,
    domain,
    domainOwner,
    repository,
    region: grant.target.region,
    indexUrl: grant.indexUrl,
    expiresAt: grant.expiresAt,
    obtainedAt: grant.obtainedAt,
    generation: (before.ok && before.value ? before.value.generation : 0) + 1,
    settings: grant.target.settings,
    files
  };
  const written = await writeRecord(deps.disk, dataDir, record);
  return written.ok ? done(stampOf(record)) : written;
}
