import type { Document } from '../../protocol/document';
import type { SettingsInput } from '../../protocol/request';
import type { CheckId } from '../../protocol/rung';
import type { Failure } from '../core/failure';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { failureRung, refusal } from './answer';
import { attempt } from './attempt';
import { createConnectionService } from './connection-service';
import { targetOf } from './connection-target';
import { allHopsAnswer, createDiagnosisRunner } from './diagnosis-run';
import { disconnect, disconnectedSentence } from './disconnect';
import type { EngineDeps } from './engine-deps';
import { createFleetWait } from './fleet-wait';
import { withForeignIndex } from './foreign-index';
import { createFreshness } from './fresh-settings';
import { createOutageLog } from './outage';
import { createOutageFile } from './outage-file';
import { preview } from './preview';
import { type EngineRequest, type Needs, prepare, type Prepared, requireRepository, take } from './request';
import { createResultStore, type Result } from './result-store';
import type { Session } from './verbs';
import { canRetry, grantOfState, isLive, isWanted } from './standing';
import { createRecordSync } from './sync-record';
import { DISCONNECTED_MEANWHILE, NOTHING_TO_RENEW } from './sentences';
import { resumeOutage, stillBroken, type Watched, watchSession } from './watch-session';

export type { Session } from './verbs';

/**
 * @param notify called after every change; what has changed is read with `state`. `lookingOn`: something is broken and
 * looked at again by itself
 * @param options.isServed a renewal that begins is answered with a request (fresh-settings.ts)
 * @param options.unattended false: nothing is renewed or tried again by itself, as for one verb of a command line
 */
export function createSession(
  given: EngineDeps,
  notify: (state: string, lookingOn: boolean) => void,
  options: { readonly unattended?: boolean; readonly isServed?: boolean } = {}
): Session {
  /** Of the last request, for automatic renewals. */
  let kernels: SettingsInput['kernels'];
  let lingering: Promise<unknown> = Promise.resolve();
  const deps: EngineDeps = {
    ...given,
    // The end alone: what allSettled answers would hold what it answered before.
    lingers: end => (lingering = Promise.allSettled([lingering, end]).then(() => undefined)),
    get kernels() {
      return kernels;
    }
  };
  let refused: readonly string[] | null = null;
  const { clock } = deps.runtime;
  const changed = () => {
    watch.look();
    notify(service.state().kind, watch.isOn());
  };
  const results = createResultStore(clock, changed);
  const freshness = createFreshness(clock, options.isServed ?? false);
  /** The last valid request: what renewals and retries work with. */
  let current: Prepared | null = null;
  let dataDir = '';
  let resumed: Promise<void> | null = null;
  const fleet = createFleetWait(clock, deps.hash);
  let previewing = new AbortController();

  const service = createConnectionService(
    deps.runtime,
    {
      connect: (target, signal) => connectWith({ ...context(), settings: target.settings }, signal),
      refresh: async ({ target }, signal) => {
        await freshness.wait(signal);
        return connectWith({ ...context(), renews: target }, signal);
      },
      stillBroken: (_, signal) => stillBroken(deps, service, results, context(), signal),
      restore
    },
    changed,
    { ...options, fraction: deps.hash }
  );
  const diagnoses = createDiagnosisRunner(deps, results, changed);
  const record = createRecordSync(deps, service, results);
  const { unattended } = options;
  const outages = createOutageLog(createOutageFile(deps));
  const catchUp = async () => {
    await record.catchUp(dataDir);
    // A command line answers what is asked of it, and looks on at nothing.
    await (unattended !== false && outages.catchUp());
  };
  const watched: Watched = { deps, service, results, outages, context, catchUp, changed, unattended };
  const watch = watchSession(watched);

  function context(): Prepared {
    if (!current) {
      throw new Error('no request yet');
    }
    return current;
  }

  async function connectWith(prepared: Prepared, signal: AbortSignal) {
    const run = results.begin();
    const tried = await attempt(deps, { ...prepared, basedOn: record.generation() }, run.rungs, signal);
    run.end({ ...tried.result, asked: (prepared.renews ?? prepared).settings });
    // Cancelled after the files were written: the next look at the state file finds the connection.
    if (tried.outcome.ok && !signal.aborted && tried.record !== null) {
      record.wrote(tried.record);
    } else if (!tried.outcome.ok && tried.outcome.failure.cause === 'superseded') {
      await record.read(dataDir);
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
    const summary = disconnectedSentence(written.value.changed || record.hasRecord(), written.value);
    record.wrote(null);
    outages.forget();
    results.set({ verdict: 'ok', summary, notes: written.value.notes });
    return null;
  }

  /** Takes in a request, and what other processes have done to the connection since the last one. */
  async function enter(request: EngineRequest, needs: Needs = 'nothing'): Promise<Failure | null> {
    const prepared = await take(deps, request, needs);
    dataDir = request.dataDir;
    kernels = request.kernels;
    // A settings file that cannot be read is often why a setting is missing.
    refused = prepared.ok ? null : request.notes;
    if (prepared.ok) {
      current = prepared.value;
      freshness.arrived();
    }
    await catchUp();
    const before = watch.isOn();
    watch.look();
    if (before !== watch.isOn()) {
      changed();
    }
    return prepared.ok ? null : prepared.failure;
  }

  const allNotes = (): readonly string[] => [
    ...(refused ?? current?.notes ?? []),
    ...record.notes(),
    ...fleet.notes()
  ];
  const withOutage = (document: Document): Document => {
    const outage = watch.outage();
    return outage ? { ...document, outage } : document;
  };
  const now = (failure: Failure | null = null) =>
    withOutage(results.document(service.state(), failure, allNotes()));
  const answerOf = (result: Result): Document =>
    withOutage(results.answerOf(result, service.state(), allNotes()));

  /** The document once the attempt under way has ended. */
  async function settled(): Promise<Document> {
    await service.settled();
    await record.catchUp(dataDir);
    const cancelled = results.cancelled();
    return cancelled ? answerOf(cancelled) : now();
  }

  async function connect(request: EngineRequest, automatic = false): Promise<Document> {
    const failure = await enter(request, 'repository');
    if (failure) {
      return now(failure);
    }
    if (automatic) {
      const live = () => isLive(service.state(), context().settings, clock.now());
      const before = record.disconnectedAt();
      const goesOn = !live() && (await fleet.turn(context().settings.fleetSize));
      await record.catchUp(dataDir);
      if (!goesOn || live() || record.disconnectedAt() > before) {
        return now();
      }
    } else {
      fleet.end();
    }
    if (service.state().kind === 'disconnecting') {
      await service.settled();
    }
    quit();
    const { settings } = context();
    const target = targetOf(settings, settings.region);
    // Without a click a connection stays, unless the settings name another one; a token near its end is renewed.
    const by = automatic && isWanted(service.state(), settings) ? 'automatic' : 'person';
    if (!service.dispatch({ type: 'connectAsked', by, target }) && automatic) {
      service.dispatch({ type: 'refreshAsked' });
    }
    const document = await settled();
    return service.state().kind === 'disconnected'
      ? answerOf({ verdict: 'cancelled', summary: DISCONNECTED_MEANWHILE })
      : document;
  }

  async function diagnose(
    request: EngineRequest,
    { check, onProgress }: { check?: CheckId; onProgress?: OnProgress } = {}
  ): Promise<Document> {
    const failure = await enter(request, 'repository or connection');
    if (failure) {
      return now(failure);
    }
    if (service.isBusy()) {
      return settled();
    }
    watch.interrupt();
    const result = await diagnoses.run(context(), grantOfState(service.state()), check, onProgress);
    if (check !== undefined) {
      return answerOf(result);
    }
    const replaced = result.verdict === 'cancelled' && results.cancelled() === null;
    // What was in the way is gone, so the connection or renewal that somebody wanted is tried at once.
    if (
      replaced ||
      (allHopsAnswer(result) && canRetry(service.state()) && service.dispatch({ type: 'refreshAsked' }))
    ) {
      return settled();
    }
    return answerOf(result);
  }

  async function refresh(request: EngineRequest): Promise<Document> {
    const failure = await enter(request);
    if (failure) {
      return now(failure);
    }
    quit();
    const wasBusy = service.isBusy();
    return service.dispatch({ type: 'refreshAsked' }) || wasBusy
      ? settled()
      : answerOf({ verdict: 'ok', summary: NOTHING_TO_RENEW });
  }

  /** Ends the checks under way: somebody acts. */
  function quit(): void {
    watch.interrupt();
    void diagnoses.stop();
  }

  function stop(): Promise<void> {
    fleet.end();
    previewing.abort();
    watch.interrupt();
    return diagnoses.stop();
  }

  return {
    state: async (request, seen = false) => {
      const failure = await enter(request);
      if (seen) {
        watch.seen();
      }
      await (failure ?? (resumed ??= resumeOutage(watched, diagnoses, context())));
      return withForeignIndex(deps, now(failure), current);
    },
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
        : refusal(prepared.failure, clock.now(), { notes: request.notes });
    },
    disconnect: async request => {
      await enter(request);
      await stop();
      service.dispatch({ type: 'disconnectAsked' });
      return settled();
    },
    cancel: async () => {
      service.dispatch({ type: 'cancelAsked' });
      await stop();
      return settled();
    },
    close: async () => {
      await stop();
      await watch.close();
      await service.close();
      await lingering;
      await outages.close();
    }
  };
}
