import type { Document } from '../../protocol/document';
import type { CheckId } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import { view } from './machine/view';
import { runDiagnosis, type Diagnosis, type OnProgress } from '../diagnosis/run-diagnosis';
import { inspect } from '../tools/inspect';
import { answer } from './answer';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { load } from './load-connection';
import type { Prepared } from './prepare';
import { targetOf } from './connection-target';
import type { Grant } from './machine/state';

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
      inspectTools: indexUrl => inspect(toolsDeps(deps, dataDir), { settings, indexUrl })
    },
    {
      settings,
      allowedEndpointHosts,
      mode: 'diagnose',
      only,
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

/** Diagnose, for a terminal or a script. */
export async function diagnose(
  deps: EngineDeps,
  prepared: Prepared,
  only: CheckId | undefined,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Document> {
  const loaded = await load(deps, prepared.dataDir);
  const result = await diagnoseWith(deps, prepared, loaded?.grant ?? null, only, onProgress, signal);
  const at = deps.runtime.clock.now();
  const connection = loaded
    ? view({ kind: 'connected', grant: loaded.grant, trouble: null, wakeAt: loaded.grant.expiresAt }, at)
    : null;
  const { verdict, summary, rungs, files, kernels } = result;
  return answer({ verdict, summary, connection, rungs, files, kernels, notes: prepared.notes, at });
}
