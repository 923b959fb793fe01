import { type CheckId, CHECKS } from '../../protocol/checks';
import type { Settings } from '../../protocol/settings';
import { type Diagnosis, type OnProgress, runDiagnosis } from '../diagnosis/run-diagnosis';
import { rootCause } from '../diagnosis/root-cause';
import { inspect } from '../tools/inspect';
import { pipNetwork } from '../tools/pip/network';
import { toolTrusts } from '../tools/trust';
import { targetOf } from './connection-target';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { Grant } from './machine/state';
import type { Broken } from './outage';
import type { Prepared } from './request';
import type { Result, ResultStore } from './result-store';

/** A token that is about to end proves nothing about the next minutes. */
const SHORTEST_LIFE_MS = 30_000;

/** Checks every hop. Changes no file, and mints no token while a live one is known. */
export async function diagnoseWith(
  deps: EngineDeps,
  prepared: Prepared,
  grant: Grant | null,
  only: CheckId | undefined,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Diagnosis> {
  const { settings, profileBy, dataDir, allowedEndpointHosts } = prepared;
  const live = grant?.token && grant.expiresAt - deps.runtime.clock.now() > SHORTEST_LIFE_MS ? grant : null;
  const usable = live && reaches(live, settings) ? live : null;
  return runDiagnosis(
    {
      ...deps.diagnosis,
      inspectTools: indexUrl => inspect(toolsDeps(deps, dataDir), { settings, indexUrl }),
      pipNetwork: () => pipNetwork(toolsDeps(deps, dataDir)),
      toolTrusts: () => toolTrusts(toolsDeps(deps, dataDir), settings.tools)
    },
    {
      settings,
      profileBy,
      allowedEndpointHosts,
      mode: 'diagnose',
      only,
      ...(grant ? { connection: { indexUrl: grant.indexUrl, expiresAt: grant.expiresAt } } : {}),
      cached:
        usable && usable.token
          ? { token: usable.token, expiresAt: usable.expiresAt, indexUrl: usable.indexUrl }
          : null,
      onProgress
    },
    signal
  );
}

/** Whether the token is for the repository of these settings; how it is written, and for how long, makes no difference. */
function reaches({ target }: Grant, settings: Settings): boolean {
  const { durationSeconds, tools, scope, indexMode, credentials } = target.settings;
  const written = { durationSeconds, tools, scope, indexMode, credentials };
  return targetOf({ ...settings, ...written }, target.region).key === target.key;
}

/** Whether nothing on the way is broken: a token that has ended in the files is what a renewal replaces. */
export const allHopsAnswer = ({ verdict, rungs = [] }: Result): boolean =>
  verdict === 'ok' || (verdict === 'expired_credentials' && rootCause(rungs)?.id === 'tools');

/** What a run came to, as it is kept and shown. */
export function resultOf(
  { verdict, summary, rungs, files, kernels }: Diagnosis,
  { settings: asked }: Prepared
): Result {
  const said = verdict === 'cancelled' ? 'Cancelled.' : summary;
  return { verdict, summary: said, rungs, ...(files && { files }), ...(kernels && { kernels }), asked };
}

/**
 * Whether the check that failed fails in the same way: it is done again with what leads to it, and nothing else.
 * What the connection's token would spare is asked for where the token itself was refused.
 */
export async function failsAgain(
  deps: EngineDeps,
  prepared: Prepared,
  grant: Grant | null,
  { root, cause }: Pick<Broken, 'root' | 'cause'>,
  signal: AbortSignal
): Promise<boolean> {
  if (!root) {
    return false;
  }
  const known = CHECKS[root].side === 'api' ? null : grant;
  const { failure, root: now } = await diagnoseWith(deps, prepared, known, root, () => undefined, signal);
  signal.throwIfAborted();
  return now === root && failure?.cause === cause;
}

/** Diagnoses one at a time: a second asker of the same shares the first's, another replaces it. */
export interface DiagnosisRunner {
  readonly run: (
    prepared: Prepared,
    grant: Grant | null,
    check?: CheckId,
    onProgress?: OnProgress
  ) => Promise<Result>;
  /** Resolves when nothing of it runs any more. */
  readonly stop: () => Promise<void>;
}

export function createDiagnosisRunner(
  deps: EngineDeps,
  results: ResultStore,
  changed: () => void
): DiagnosisRunner {
  let running: { key: string; stop: AbortController; result: Promise<Result> } | null = null;

  async function run(
    prepared: Prepared,
    grant: Grant | null,
    check: CheckId | undefined,
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<Result> {
    // One check alone is an answer to who asked for it; the whole diagnosis is what everybody sees.
    const log = check === undefined ? results.begin() : null;
    const progress = log?.rungs ?? onProgress;
    const diagnosed = await diagnoseWith(deps, prepared, grant, check, progress, signal);
    const result = resultOf(diagnosed, prepared);
    log?.end(result);
    changed();
    return result;
  }

  return {
    run(prepared, grant, check, onProgress = () => undefined) {
      const key = JSON.stringify([check, prepared.settings]);
      if (running && running.key === key && !running.stop.signal.aborted) {
        return running.result;
      }
      running?.stop.abort();
      const stop = new AbortController();
      const result = run(prepared, grant, check, onProgress, stop.signal).finally(() => {
        if (running?.stop === stop) {
          running = null;
        }
      });
      running = { key, stop, result };
      return result;
    },
    stop: async () => {
      const ended = running?.result;
      running?.stop.abort();
      await ended?.catch(() => undefined);
    }
  };
}
