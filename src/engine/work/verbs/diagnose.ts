import type { Document } from '../../../protocol/document';
import type { RungId } from '../../../protocol/rung';
import type { Settings } from '../../../protocol/settings';
import { view } from '../../pure/connection/view';
import { climb, type Climb, type OnRungs } from '../ladder/climb';
import { inspect } from '../tools/effective';
import { answer } from './answer';
import { toolsDeps, type VerbDeps } from './deps';
import { load } from './load';
import type { Prepared } from './prepare';
import { targetOf } from './target';
import type { Grant } from '../../pure/connection/state';

/** A token that is about to end proves nothing about the next minutes. */
const SHORTEST_LIFE_MS = 30_000;

/** Checks every hop. Changes no file, and mints no token while a live one is known. */
export async function look(
  deps: VerbDeps,
  prepared: Prepared,
  grant: Grant | null,
  only: RungId | undefined,
  onRungs: OnRungs,
  signal: AbortSignal
): Promise<Climb> {
  const { settings, dataDir, allowedEndpointHosts } = prepared;
  const live = grant?.token && grant.expiresAt - deps.world.clock.now() > SHORTEST_LIFE_MS ? grant : null;
  const usable = live && reaches(live, settings) ? live : null;
  return climb(
    { ...deps.ladder, inspectTools: indexUrl => inspect(toolsDeps(deps, dataDir), { settings, indexUrl }) },
    {
      settings,
      allowedEndpointHosts,
      mode: 'diagnose',
      only,
      cached:
        usable && usable.token
          ? { token: usable.token, expiresAt: usable.expiresAt, indexUrl: usable.indexUrl }
          : null,
      onRungs
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
  deps: VerbDeps,
  prepared: Prepared,
  only: RungId | undefined,
  onRungs: OnRungs,
  signal: AbortSignal
): Promise<Document> {
  const loaded = await load(deps, prepared.dataDir);
  const result = await look(deps, prepared, loaded?.grant ?? null, only, onRungs, signal);
  const at = deps.world.clock.now();
  const connection = loaded
    ? view({ kind: 'connected', grant: loaded.grant, trouble: null, wakeAt: loaded.grant.expiresAt }, at)
    : null;
  const { verdict, summary, rungs, files, kernels } = result;
  return answer({ verdict, summary, connection, rungs, files, kernels, notes: prepared.notes, at });
}
