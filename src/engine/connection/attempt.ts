import { refreshTime } from './machine/refresh-time';
import type { Grant } from './machine/state';
import { done, failed, failure, type Outcome } from '../core/failure';
import { runDiagnosis, type Diagnosis, type GrantedToken, type OnProgress } from '../diagnosis/run-diagnosis';
import { inspect, type ToolsReport } from '../tools/inspect';
import { currentGeneration } from '../tools/memory';
import { pipNetwork } from '../tools/pip/network';
import { toolTrusts } from '../tools/trust';
import type { ConnectionRecord, NewConnection } from '../tools/record';
import type { ToolsDeps } from '../tools/tools-deps';
import { type Committed, transaction } from '../tools/transaction';
import { CLICK, RENEWAL, takeTurn, type Turn } from '../tools/turn';
import { grantOf, targetOf } from './connection-target';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { lookFirst, tokenOfOthers } from './news';
import type { Prepared } from './request';
import type { Result } from './result-store';
import { trans } from '../core/say';

/** What a connect or a renewal came to. */
export interface Attempt {
  /** What everybody sees of it. Without files when those of the tools were not reached: what is known of them stays. */
  readonly result: Result;
  readonly outcome: Outcome<Grant>;
  /** What the state file says after it, when it came to its end. */
  readonly record: ConnectionRecord | null;
}

/**
 * Connect's and refresh's common work: when it is our turn, diagnose, and in the end write what the package tools read.
 * A renewal waits for its turn before it does anything; somebody who clicks waits, if at all, beside the first checks.
 */
export async function attempt(
  deps: EngineDeps,
  asked: Prepared,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Attempt> {
  const tools = toolsDeps(deps, asked.dataDir);
  const basedOn = asked.basedOn ?? (await currentGeneration(tools));
  const turn = takeTurn(tools, asked.renews ? RENEWAL : CLICK, signal);
  deps.lingers?.(turn.then(({ ended }) => ended));
  try {
    if (!asked.renews) {
      return await ask(deps, { prepared: { ...asked, basedOn }, turn, onProgress }, signal);
    }
    await turn;
    const found = await lookFirst(deps, { ...asked, basedOn }, asked.renews);
    switch (found.kind) {
      case 'due':
        return await ask(deps, { prepared: found.prepared, turn, onProgress }, signal);
      case 'adopted':
        return await adopted(tools, found.grant, found.record);
      case 'gone':
        return SUPERSEDED;
    }
  } finally {
    // Nobody waits for it: who asked is answered at once.
    void turn.then(({ end }) => end());
  }
}

/** What another process has brought, with what the tools make of it. */
async function adopted(tools: ToolsDeps, grant: Grant, record: ConnectionRecord): Promise<Attempt> {
  const { settings, indexUrl } = record;
  const { files, kernels } = await inspect(tools, { settings, indexUrl });
  return { result: { verdict: 'ok', summary: '', files, kernels }, outcome: done(grant), record };
}

const superseded = failed('superseded', {});

const SUPERSEDED: Attempt = {
  result: { verdict: superseded.failure.verdict, summary: superseded.failure.summary },
  outcome: superseded,
  record: null
};

interface Asking {
  readonly prepared: Prepared & { readonly basedOn: number };
  readonly turn: Promise<Turn>;
  readonly onProgress: OnProgress;
}

async function ask(
  deps: EngineDeps,
  { prepared, turn, onProgress }: Asking,
  signal: AbortSignal
): Promise<Attempt> {
  const { settings, profileBy, dataDir, allowedEndpointHosts, renews, basedOn } = prepared;
  const tools = toolsDeps(deps, dataDir);
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
        connection: connectionOf(grant, granted)
      },
      signal
    );
    // The next one need not wait for what is only looked at now.
    (await turn).end();
    if (!written.ok) {
      return written;
    }
    reached = { grant: inForce(deps, grant, written.value), written: written.value };
    return done(undefined);
  };
  // What was just written has been looked at by who wrote it.
  const inspectTools = async (indexUrl: string): Promise<ToolsReport> =>
    reached?.written.report ?? inspect(tools, { settings, indexUrl });
  const broughtToken = async () => {
    const { isOurs } = await turn;
    // A renewal has looked already, unless it stood still since.
    return renews && (await isOurs()) ? null : tokenOfOthers(deps, prepared);
  };
  const result = await runDiagnosis(
    {
      ...deps.diagnosis,
      finish,
      inspectTools,
      broughtToken,
      pipNetwork: () => pipNetwork(tools),
      toolTrusts: () => toolTrusts(tools, settings.tools)
    },
    { settings, profileBy, allowedEndpointHosts, mode: 'connect', cached: null, onProgress },
    signal
  );
  return conclude(result, reached, prepared.renewalNotes);
}

/** What the end of the diagnosis left behind. */
interface Reached {
  readonly grant: Grant;
  readonly written: Committed;
}

const CANCELLED = trans.__('Cancelled. Nothing was changed.');

/** Once the files are written the connection stands, even if somebody cancelled in that moment. */
function conclude(diagnosis: Diagnosis, reached: Reached | null, told: readonly string[] = []): Attempt {
  const { verdict, rungs, kernels } = diagnosis;
  const summary = verdict === 'cancelled' ? CANCELLED : diagnosis.summary;
  const files = diagnosis.files ?? reached?.written.files;
  const notes = [...told, ...(reached?.written.notes ?? [])];
  const result = { verdict, summary, rungs, ...(files && { files }), ...(kernels && { kernels }), notes };
  return reached
    ? { result, outcome: done(reached.grant), record: reached.written.record }
    : { result, outcome: { ok: false, failure: diagnosis.failure ?? NOT_FINISHED }, record: null };
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

function connectionOf(
  { target, indexUrl, expiresAt, obtainedAt }: Grant,
  { credentialsExpireAt }: GrantedToken
): NewConnection {
  const { settings, region } = target;
  const { domain, domainOwner, repository } = settings;
  return {
    domain,
    domainOwner,
    repository,
    region,
    indexUrl,
    expiresAt,
    obtainedAt,
    ...(credentialsExpireAt !== undefined && { credentialsExpireAt }),
    settings
  };
}
