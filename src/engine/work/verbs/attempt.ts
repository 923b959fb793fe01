import type { File } from '../../../protocol/file';
import type { Rung } from '../../../protocol/rung';
import { readRecord, writeRecord } from '../../outside/disk/state-file';
import { refreshTime } from '../../pure/connection/refresh-time';
import type { Grant } from '../../pure/connection/state';
import { done, type Failure, type Outcome } from '../../pure/verdicts/failure';
import { climb, type Climb, type Granted } from '../ladder/climb';
import { configure } from '../tools/configure';
import { inspect } from '../tools/effective';
import { toolsDeps, type VerbDeps } from './deps';
import type { Prepared } from './prepare';
import { targetOf } from './target';

/** One way up the ladder that ends in written files, and what is known afterwards. */
export interface Attempt {
  readonly climb: Climb;
  readonly files: readonly File[];
  readonly notes: readonly string[];
  readonly outcome: Outcome<Grant>;
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
  const done_: { grant?: Grant; files: readonly File[]; notes: readonly string[] } = { files: [], notes: [] };

  const finish = async (granted: Granted): Promise<Outcome<void>> => {
    deps.learn(granted.token);
    const { indexUrl, token } = granted;
    const written = await configure(tools, { settings, indexUrl, token }, signal);
    if (!written.ok) {
      return written;
    }
    const grant = grantFrom(deps, prepared, granted);
    Object.assign(done_, { grant, files: written.value.files, notes: written.value.notes });
    return remember(deps, dataDir, grant, written.value.files);
  };
  const result = await climb(
    { ...deps.ladder, finish, inspectTools: indexUrl => inspect(tools, { settings, indexUrl }) },
    { settings, allowedEndpointHosts, mode: 'connect', cached: null, onRungs },
    signal
  );
  const outcome: Outcome<Grant> =
    done_.grant && result.failure === null
      ? done(done_.grant)
      : { ok: false, failure: result.failure ?? NOT_FINISHED };
  return { climb: result, files: result.files ?? done_.files, notes: done_.notes, outcome };
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

/** For a restart and for other processes: everything but the token. */
async function remember(
  deps: VerbDeps,
  dataDir: string,
  grant: Grant,
  files: readonly File[]
): Promise<Outcome<void>> {
  const before = await readRecord(deps.disk, dataDir);
  const { domain, domainOwner, repository } = grant.target.settings;
  return writeRecord(deps.disk, dataDir, {
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
  });
}
