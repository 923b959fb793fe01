import type { Document } from '../../protocol/document';
import type { SettingsInput } from '../../protocol/request';
import type { CheckId, Rung } from '../../protocol/rung';
import type { Failure } from '../core/failure';
import { fleetDelay } from '../core/settings/fleet-delay';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { failureRung, refusal } from './answer';
import { attempt } from './attempt';
import { createConnectionService } from './connection-service';
import { targetOf } from './connection-target';
import { allHopsAnswer, createDiagnosisRunner } from './diagnosis-run';
import { disconnect, disconnectedSentence } from './disconnect';
import type { EngineDeps } from './engine-deps';
import { withForeignIndex } from './foreign-index';
import type { Grant } from './machine/state';
import { preview } from './preview';
import {
  type EngineRequest,
  orCurrentConnection,
  prepare,
  type Prepared,
  requireRepository
} from './request';
import { createResultStore, type Result } from './result-store';
import { createRecordSync } from './sync-record';
import { withPins } from './with-pins';

/** After a restart of the server, a token valid for this long is used as it is instead of asking AWS. */
const WORTH_KEEPING_MS = 30 * 60_000;

/**
 * One connection and the verbs on it. The server keeps a session for as long as the engine runs; the command line
 * opens one, asks for one verb and closes it. Every verb answers a document and rejects only for a bug.
 */
export interface Session {
  readonly state: (request: EngineRequest) => Promise<Document>;
  /** `automatic`: nobody clicked, so it waits its turn in the fleet and is content with a valid token. */
  readonly connect: (request: EngineRequest, automatic?: boolean) => Promise<Document>;
  readonly refresh: (request: EngineRequest) => Promise<Document>;
  readonly disconnect: (request: EngineRequest) => Promise<Document>;
  /** `check`: this one alone, with what it needs. It leaves the result that everybody sees as it is. */
  readonly diagnose: (
    request: EngineRequest,
    options?: { readonly check?: CheckId; readonly onProgress?: OnProgress }
  ) => Promise<Document>;
  /** What Connect would change. Leaves the connection and its latest result as they are. */
  readonly preview: (request: EngineRequest) => Promise<Document>;
  readonly cancel: () => Promise<Document>;
  /** The checks of the run under way as they are now; empty while nothing runs. */
  readonly progress: () => readonly Rung[];
  readonly close: () => Promise<void>;
}

/**
 * @param notify called after every change; what has changed is read with `state`
 * @param options.unattended false: nothing is renewed or tried again by itself, as for one verb of a command line
 */
export function createSession(
  given: EngineDeps,
  notify: (state: string) => void,
  options: { readonly unattended?: boolean } = {}
): Session {
  /** Those of the last request: automatic renewals look at the same kernels. */
  let kernels: SettingsInput['kernels'];
  const deps: EngineDeps = {
    ...given,
    get kernels() {
      return kernels;
    }
  };
  const { clock } = deps.runtime;
  const changed = () => notify(service.state().kind);
  const results = createResultStore(clock, changed);
  /** The last valid request: what renewals and retries work with. */
  let current: Prepared | null = null;
  let dataDir = '';
  /** Aborted to end the wait of an automatic connect for its turn. */
  let waiting = new AbortController();
  let previewing = new AbortController();

  const service = createConnectionService(
    deps.runtime,
    {
      connect: (target, signal) => connectWith({ ...context(), settings: target.settings }, signal),
      refresh: (grant, signal) => connectWith(renewalOf(grant), signal),
      restore
    },
    changed,
    options
  );
  const diagnoses = createDiagnosisRunner(deps, results, changed);
  const record = createRecordSync(deps, service, results);

  function context(): Prepared {
    if (!current) {
      throw new Error('no request yet');
    }
    return current;
  }

  const renewalOf = (grant: Grant): Prepared => ({ ...withPins(context(), grant.target), renews: true });

  async function connectWith(prepared: Prepared, signal: AbortSignal) {
    const run = results.begin();
    const tried = await attempt(deps, { ...prepared, basedOn: record.generation() }, run.rungs, signal);
    const { verdict, rungs, kernels: seen } = tried.diagnosis;
    const summary = verdict === 'cancelled' ? CANCELLED : tried.diagnosis.summary;
    run.end({ verdict, summary, rungs, files: tried.files, kernels: seen, notes: tried.notes });
    // Cancelled after the files were written: the next look at the state file finds the connection.
    if (tried.outcome.ok && !signal.aborted && tried.record !== null) {
      record.wrote(tried.record);
    }
    return tried.outcome;
  }

  async function restore(): Promise<Failure | null> {
    const written = await disconnect(deps, dataDir);
    if (!written.ok) {
      const { verdict, summary } = written.failure;
      results.set({ verdict, summary, rungs: [failureRung(written.failure)] });
      return written.failure;
    }
    const wasConnected = written.value.changed || record.hasRecord();
    record.wrote(null);
    const summary = disconnectedSentence(wasConnected, written.value);
    results.set({ verdict: 'ok', summary, notes: written.value.notes });
    return null;
  }

  /** Takes in a request, and what other processes have done to the connection since the last one. */
  async function enter(
    request: EngineRequest,
    needs: 'nothing' | 'repository' | 'repository or connection' = 'nothing'
  ): Promise<Failure | null> {
    const given = prepare(deps, request);
    const asked = needs === 'repository or connection' ? await orCurrentConnection(deps, given) : given;
    const prepared = needs === 'repository' ? requireRepository(asked) : asked;
    dataDir = request.dataDir;
    kernels = request.kernels;
    if (prepared.ok) {
      current = prepared.value;
    }
    await record.catchUp(dataDir);
    return prepared.ok ? null : prepared.failure;
  }

  const allNotes = (): readonly string[] => [...(current?.notes ?? []), ...record.notes()];
  const now = (failure: Failure | null = null): Document =>
    results.document(service.state(), failure, allNotes());
  const answerOf = (result: Result): Document => results.answerOf(result, service.state(), allNotes());

  /** The document once the attempt under way has ended. */
  async function settled(): Promise<Document> {
    await service.settled();
    await record.catchUp(dataDir);
    const cancelled = results.cancelled();
    return cancelled ? answerOf(cancelled) : now();
  }

  /** True when this notebook's turn has come; false when somebody clicked meanwhile. */
  async function waitForTurn(fleetSize: number): Promise<boolean> {
    waiting = new AbortController();
    return clock.sleep(fleetDelay(fleetSize, deps.hash), waiting.signal).then(
      () => true,
      () => false
    );
  }

  async function connect(request: EngineRequest, automatic = false): Promise<Document> {
    const failure = await enter(request, 'repository');
    if (failure) {
      return now(failure);
    }
    if (automatic) {
      if (isLive() || !(await waitForTurn(context().settings.fleetSize)) || isLive()) {
        return now();
      }
    } else {
      waiting.abort();
    }
    if (service.state().kind === 'disconnecting') {
      await service.settled();
    }
    void diagnoses.stop();
    const { settings } = context();
    const target = targetOf(settings, settings.region);
    // Without a click a connection stays, unless the settings name another one; a token near its end is renewed.
    const by = automatic && isWanted() ? 'automatic' : 'person';
    if (!service.dispatch({ type: 'connectAsked', by, target }) && automatic) {
      service.dispatch({ type: 'refreshAsked' });
    }
    const document = await settled();
    return service.state().kind === 'disconnected'
      ? answerOf({ verdict: 'cancelled', summary: DISCONNECTED_MEANWHILE })
      : document;
  }

  /** Whether the connection, if there is one, leads where the settings say. */
  function isWanted(): boolean {
    const state = service.state();
    return (
      !('grant' in state) ||
      targetOf(context().settings, state.grant.target.region).key === state.grant.target.key
    );
  }

  function isLive(): boolean {
    const state = service.state();
    return state.kind === 'connected' && isWanted() && state.grant.expiresAt - clock.now() > WORTH_KEEPING_MS;
  }

  async function diagnose(
    request: EngineRequest,
    { check, onProgress }: { check?: CheckId; onProgress?: OnProgress } = {}
  ): Promise<Document> {
    const failure = await enter(request, 'repository or connection');
    if (failure) {
      return now(failure);
    }
    const before = service.state();
    if (service.isBusy()) {
      return settled();
    }
    const grant = 'grant' in before ? before.grant : null;
    const result = await diagnoses.run(context(), grant, check, onProgress);
    if (check !== undefined) {
      return answerOf(result);
    }
    const replaced = result.verdict === 'cancelled' && results.cancelled() === null;
    // What was in the way is gone, so the connection or renewal that somebody wanted is tried at once.
    if (replaced || (allHopsAnswer(result) && canRetry() && service.dispatch({ type: 'refreshAsked' }))) {
      return settled();
    }
    return answerOf(result);
  }

  /** Somebody wants the connection or its renewal, which is only waiting for its next try. */
  function canRetry(): boolean {
    const state = service.state();
    const verdict = 'trouble' in state ? state.trouble?.failure.verdict : undefined;
    return verdict !== undefined && verdict !== 'cancelled' && verdict !== 'write_failed';
  }

  async function refresh(request: EngineRequest): Promise<Document> {
    const failure = await enter(request);
    if (failure) {
      return now(failure);
    }
    void diagnoses.stop();
    const wasBusy = service.isBusy();
    if (!service.dispatch({ type: 'refreshAsked' }) && !wasBusy) {
      return answerOf({ verdict: 'ok', summary: NOTHING_TO_RENEW });
    }
    return settled();
  }

  async function stop(): Promise<void> {
    waiting.abort();
    previewing.abort();
    await diagnoses.stop();
  }

  return {
    state: async request => withForeignIndex(deps, now(await enter(request)), current),
    connect,
    refresh,
    diagnose,
    progress: () => results.progress(),
    preview: async request => {
      const prepared = requireRepository(prepare(deps, request));
      kernels = request.kernels;
      previewing.abort();
      previewing = new AbortController();
      return prepared.ok
        ? preview(deps, prepared.value, () => undefined, previewing.signal)
        : refusal(prepared.failure, clock.now());
    },
    disconnect: async request => {
      await enter(request);
      await stop();
      service.dispatch({ type: 'disconnectAsked' });
      return settled();
    },
    cancel: async () => {
      waiting.abort();
      previewing.abort();
      service.dispatch({ type: 'cancelAsked' });
      await diagnoses.stop();
      return settled();
    },
    close: async () => {
      await stop();
      await service.close();
    }
  };
}

const CANCELLED = 'Cancelled. Nothing was changed.';
const DISCONNECTED_MEANWHILE = 'Cancelled: Disconnect was asked for meanwhile.';
const NOTHING_TO_RENEW = 'There is no connection to renew; Connect makes one.';
