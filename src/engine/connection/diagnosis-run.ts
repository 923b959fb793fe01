import type { CheckId } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import { type Diagnosis, type OnProgress, runDiagnosis } from '../diagnosis/run-diagnosis';
import { rootCause } from '../diagnosis/root-cause';
import { inspect } from '../tools/inspect';
import { pipNetwork } from '../tools/pip/network';
import { targetOf } from './connection-target';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { Grant } from './machine/state';
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
  const { settings, dataDir, allowedEndpointHosts } = prepared;
  const live = grant?.token && grant.expiresAt - deps.runtime.clock.now() > SHORTEST_LIFE_MS ? grant : null;
  const usable = live && reaches(live, settings) ? live : null;
  return runDiagnosis(
    {
      ...deps.diagnosis,
      inspectTools: indexUrl => inspect(toolsDeps(deps, dataDir), { settings, indexUrl }),
      pipNetwork: () => pipNetwork(toolsDeps(deps, dataDir))
    },
    {
      settings,
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
    const { verdict, rungs, files, kernels } = diagnosed;
    const summary = verdict === 'cancelled' ? 'Cancelled.' : diagnosed.summary;
    const result = { verdict, summary, rungs, ...(files && { files }), ...(kernels && { kernels }) };
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
