import type { ConnectionService } from './connection-service';
import { done } from '../core/failure';
import { type DiagnosisRunner, diagnoseWith, failsAgain, resultOf } from './diagnosis-run';
import type { EngineDeps } from './engine-deps';
import { brokenIn, failureIn, type OutageLog } from './outage';
import { orCurrentConnection, type Prepared } from './request';
import type { ResultStore } from './result-store';
import { canRetry, grantOfState, ownRetry } from './standing';
import { createWatch, type Watch } from './watch';

export interface Watched {
  readonly deps: EngineDeps;
  readonly service: ConnectionService;
  readonly results: ResultStore;
  readonly outages: OutageLog;
  /** The last valid request. */
  readonly context: () => Prepared;
  readonly catchUp: () => Promise<void>;
  readonly changed: () => void;
  readonly unattended?: boolean;
}

/** Looks on at a session while nobody clicks. */
export function watchSession(watched: Watched): Watch {
  const { deps, service, results, outages, context, catchUp, changed, unattended = true } = watched;
  const grant = () => grantOfState(service.state());
  return createWatch(deps.runtime.clock, outages, {
    shown: () =>
      unattended && !results.isRunning() && !service.isBusy()
        ? results.document(service.state(), null, [])
        : null,
    asked: results.asked,
    ownRetry: () => ownRetry(service.state()),
    catchUp,
    stillBroken: (broken, signal) => failsAgain(deps, context(), grant(), broken, signal),
    checkAll: async signal => {
      const prepared = context();
      const diagnosed = await diagnoseWith(deps, prepared, grant(), undefined, () => undefined, signal);
      return resultOf(diagnosed, prepared);
    },
    show: result => {
      results.replace(result);
      changed();
    },
    retry: () => canRetry(service.state()) && service.dispatch({ type: 'refreshAsked' }),
    changed
  });
}

/** Whether what keeps a connection from being made or renewed is as it was. */
export async function stillBroken(
  deps: EngineDeps,
  service: ConnectionService,
  results: ResultStore,
  prepared: Prepared,
  signal: AbortSignal
): Promise<boolean> {
  const state = service.state();
  const failed = failureIn(results.document(state, null, []));
  const broken = failed && brokenIn(failed);
  return broken !== null && failsAgain(deps, prepared, grantOfState(state), broken, signal);
}

/** An engine that was started again in the middle of an outage checks at once: nobody shall read that all is well meanwhile. */
export async function resumeOutage(
  { deps, service, results, outages }: Watched,
  diagnoses: DiagnosisRunner,
  prepared: Prepared
): Promise<void> {
  if (!outages.isRemembered()) {
    return;
  }
  const asked = await orCurrentConnection(deps, done(prepared));
  const isFree = !service.isBusy() && !results.isRunning();
  if (isFree && asked.ok && outages.isRemembered(asked.value.settings)) {
    diagnoses.run(asked.value, grantOfState(service.state())).catch(() => undefined);
  }
}
