import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Event } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { Poll } from '@lumino/polling';
import { EVENT_SCHEMA } from '../tokens';
import type { CodeArtifactModel } from './model';

/** Changes arrive as events; the poll catches what was missed while the socket was broken. */
const POLL_MS = 60_000;
const POLL_MAX_MS = 300_000;

/** When the state is read again after the engine stopped, unless the server says when. */
const RETRY_MS = 5_000;

/**
 * Keeps the model in step with the server. When the page is loaded, only what is remembered of the connection is
 * requested, so that no engine is started for a page that does not use it.
 */
export function followEvents(app: JupyterFrontEnd, model: CodeArtifactModel): IDisposable {
  let retry: ReturnType<typeof setTimeout> | undefined;
  const poll = new Poll({
    name: 'jupyterlab-codeartifact:poll',
    auto: false,
    factory: async () => {
      await model.reload();
      if (model.store.problem) {
        throw new Error(model.store.problem.message);
      }
    },
    frequency: { interval: POLL_MS, backoff: true, max: POLL_MAX_MS },
    standby: 'when-hidden'
  });
  /** In a page that nobody sees. */
  let missed = false;
  const onEvent = (_: Event.IManager, event: Event.Emission): void => {
    if (event.schema_id === EVENT_SCHEMA) {
      missed = document.hidden;
      if (!missed) {
        void model.reload();
      }
    }
  };
  // A user with ten windows waits in one of them: the others ask when they are looked at.
  const onVisibility = (): void => {
    if (missed && !document.hidden) {
      missed = false;
      void model.reload();
    }
  };
  const onState = (): void => {
    const { problem } = model.store;
    if ((model.document || problem) && poll.state.phase === 'constructed') {
      // `start` would repeat at once the request that was answered a moment ago.
      void poll.schedule({ interval: POLL_MS, phase: 'started' });
    }
    clearTimeout(retry);
    if (problem?.kind === 'engine_stopped' || problem?.kind === 'unreachable') {
      const wait = problem.restartAt === undefined ? RETRY_MS : Math.max(500, problem.restartAt - Date.now());
      retry = setTimeout(() => void model.reload(), wait);
    }
  };
  app.serviceManager.events.stream.connect(onEvent);
  document.addEventListener('visibilitychange', onVisibility);
  model.stateChanged.connect(onState);
  void app.restored
    .then(() => (poll.isDisposed ? undefined : model.glance()))
    // A server part of another version, or none: the panel says so when it is opened.
    .catch(() => undefined);
  return new DisposableDelegate(() => {
    app.serviceManager.events.stream.disconnect(onEvent);
    document.removeEventListener('visibilitychange', onVisibility);
    model.stateChanged.disconnect(onState);
    clearTimeout(retry);
    poll.dispose();
  });
}
