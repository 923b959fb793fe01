import type { ConnectionService } from './connection-service';
import { diagnoseWith, failsAgain, resultOf } from './diagnosis-run';
import type { EngineDeps } from './engine-deps';
import { brokenIn, failureIn } from './outage';
import type { Prepared } from './request';
import type { ResultStore } from './result-store';
import { canRetry, grantOfState, ownRetry } from './standing';
import { createWatch, type Watch } from './watch';

interface Watched {
  readonly deps: EngineDeps;
  readonly service: ConnectionService;
  readonly results: ResultStore;
  /** The last valid request. */
  readonly context: () => Prepared;
  readonly catchUp: () => Promise<void>;
  readonly changed: () => void;
  readonly unattended?: boolean;
}

/** Looks on at a session while nobody clicks. */
export function watchSession(watched: Watched): Watch {
  const { deps, service, results, context, catchUp, changed, unattended = true } = watched;
  const grant = () => grantOfState(service.state());
  return createWatch(deps.runtime.clock, {
    shown: () =>
      unattended && !results.isRunning() && !service.isBusy()
        ? results.document(service.state(), null, [])
        : null,
    ownRetry: () => ownRetry(service.state()),
    catchUp,
    stillBroken: (broken, signal) => failsAgain(deps, context(), grant(), broken, signal),
    checkAll: async signal =>
      resultOf(await diagnoseWith(deps, context(), grant(), undefined, () => undefined, signal)),
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
