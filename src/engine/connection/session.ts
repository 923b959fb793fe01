import type { Document } from '../../protocol/document';
import type { SettingsInput } from '../../protocol/request';
import type { CheckId } from '../../protocol/rung';
import { fleetDelay } from '../core/settings/fleet-delay';
import type { Failure } from '../core/failure';
import { createConnectionService } from './connection-service';
import { syncRecord, NO_RECORD } from './sync-record';
import { attempt } from './attempt';
import type { EngineDeps } from './engine-deps';
import { stampOf } from './load-connection';
import { disconnectedSentence, takeBack } from './disconnect';
import { failureRung } from './answer';
import { createResultStore, type Result } from './result-store';
import { createDiagnosisRunner } from './diagnosis-run';
import { prepare, type Prepared, requireRepository } from './prepare';
import { targetOf } from './connection-target';

/** A restart is no reason to ask AWS: a token with this long to live is taken as it is. */
const WORTH_KEEPING_MS = 30 * 60_000;

/** The long-lived engine behind the server: one connection, kept alive between requests. */
export interface Session {
  readonly state: (input: SettingsInput) => Promise<Document>;
  /** `automatic`: nobody clicked, so it is spread over the fleet and content with a live token. */
  readonly connect: (input: SettingsInput, automatic: boolean) => Promise<Document>;
  readonly refresh: (input: SettingsInput) => Promise<Document>;
  readonly disconnect: (input: SettingsInput) => Promise<Document>;
  readonly diagnose: (input: SettingsInput, rung?: CheckId) => Promise<Document>;
  readonly cancel: (input: SettingsInput) => Promise<Document>;
  readonly close: () => Promise<void>;
}

/** @param notify called after every change; what changed is told by `state`. */
export function createSession(given: EngineDeps, notify: (state: string) => void): Session {
  /** Of the last request: renewals that nobody asks for look at the same kernels. */
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
  /** The settings of the last request: what renewals and retries work with. */
  let current: Prepared | null = null;
  let dataDir = '';
  /** Of the state file as we know it. */
  let stamp = NO_RECORD;
  /** Of the files as we know them: what begins is based on it, so that a Disconnect we have not seen yet is final. */
  let generation = 0;
  let notes: readonly string[] = [];
  /** Ends the wait of an automatic connect for its turn. */
  let turn = new AbortController();

  const service = createConnectionService(
    deps.runtime,
    {
      connect: (target, signal) =>
        connectWith({ ...context(), settings: target.settings, basedOn: generation }, signal),
      refresh: (grant, signal) =>
        connectWith(
          { ...context(), settings: grant.target.settings, renews: true, basedOn: generation },
          signal
        ),
      restore
    },
    changed
  );
  const diagnoses = createDiagnosisRunner(deps, results, changed);

  function context(): Prepared {
    if (!current) {
      throw new Error('no request yet');
    }
    return current;
  }

  async function connectWith(prepared: Prepared, signal: AbortSignal) {
    const log = results.begin();
    const tried = await attempt(deps, prepared, log.rungs, signal);
    const { verdict, rungs } = tried.diagnosis;
    const summary = verdict === 'cancelled' ? CANCELLED : tried.diagnosis.summary;
    log.end({
      verdict,
      summary,
      rungs,
      files: tried.files,
      kernels: tried.diagnosis.kernels,
      notes: tried.notes
    });
    // Cancelled too late, when the files were written: the next look at the state file adopts them.
    if (tried.outcome.ok && !signal.aborted) {
      stamp = tried.record ? stampOf(tried.record) : stamp;
      generation = tried.record?.generation ?? generation;
    }
    return tried.outcome;
  }

  async function restore(): Promise<Failure | null> {
    const written = await takeBack(deps, dataDir);
    if (!written.ok) {
      const { verdict, summary } = written.failure;
      results.set({ verdict, summary, rungs: [failureRung(written.failure)] });
      return written.failure;
    }
    const was = written.value.changed || stamp !== NO_RECORD;
    stamp = NO_RECORD;
    const summary = disconnectedSentence(was, written.value);
    results.set({ verdict: 'ok', summary, notes: written.value.notes });
    return null;
  }

  /** Settings of this request; and what other processes did to the connection since. */
  async function enter(input: SettingsInput, needsRepository = false): Promise<Failure | null> {
    const asked = prepare(deps, input);
    const prepared = needsRepository ? requireRepository(asked) : asked;
    dataDir = input.dataDir;
    kernels = input.kernels;
    if (prepared.ok) {
      current = prepared.value;
    }
    await catchUp();
    return prepared.ok ? null : prepared.failure;
  }

  async function catchUp(): Promise<void> {
    const kind = service.state().kind;
    if (kind === 'connecting' || kind === 'refreshing' || kind === 'disconnecting') {
      return;
    }
    const before = stamp;
    const found = await syncRecord(deps, dataDir, before, service, results);
    // We may have written ourselves while it was read.
    stamp = stamp === before ? found.stamp : stamp;
    generation = Math.max(generation, found.generation);
    notes = found.notes;
  }

  const said = (): readonly string[] => [...(current?.notes ?? []), ...notes];
  const now = (failure: Failure | null = null): Document =>
    results.document(service.state(), failure, said());
  const answerOf = (result: Result): Document => results.answerOf(result, service.state(), said());

  /** What came of the attempt that somebody waited for. */
  async function settled(): Promise<Document> {
    await service.settled();
    await catchUp();
    const cancelled = results.cancelled();
    return cancelled ? answerOf(cancelled) : now();
  }

  /** True when it is this one's turn; false when somebody clicked meanwhile. */
  async function waitForTurn(fleetSize: number): Promise<boolean> {
    turn = new AbortController();
    return clock.sleep(fleetDelay(fleetSize, deps.hash), turn.signal).then(
      () => true,
      () => false
    );
  }

  async function connect(input: SettingsInput, automatic: boolean): Promise<Document> {
    const failure = await enter(input, true);
    if (failure) {
      return now(failure);
    }
    if (automatic) {
      if (isLive() || !(await waitForTurn(context().settings.fleetSize)) || isLive()) {
        return now();
      }
    } else {
      turn.abort();
    }
    if (service.state().kind === 'disconnecting') {
      await service.settled();
    }
    void diagnoses.stop();
    const { settings } = context();
    const target = targetOf(settings, settings.region);
    // Without a click a connection stays, but for settings that name another one; a token near its end is renewed.
    const by = automatic && isWanted() ? 'automatic' : 'person';
    if (!service.dispatch({ type: 'connectAsked', by, target }) && automatic) {
      service.dispatch({ type: 'refreshAsked' });
    }
    const document = await settled();
    return service.state().kind === 'disconnected'
      ? answerOf({ verdict: 'cancelled', summary: DISCONNECTED_MEANWHILE })
      : document;
  }

  /** Not a connection to somewhere else than the settings say. */
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

  async function diagnose(input: SettingsInput, rung?: CheckId): Promise<Document> {
    const failure = await enter(input, true);
    if (failure) {
      return now(failure);
    }
    const before = service.state();
    if (before.kind === 'connecting' || before.kind === 'refreshing' || before.kind === 'disconnecting') {
      return settled();
    }
    const result = await diagnoses.run(context(), 'grant' in before ? before.grant : null, rung);
    if (result.verdict === 'cancelled' && rung === undefined && results.cancelled() === null) {
      return settled();
    }
    // What stood in the way is gone: the connection somebody asked for comes by itself.
    if (
      result.verdict === 'ok' &&
      rung === undefined &&
      isWaiting() &&
      service.dispatch({ type: 'refreshAsked' })
    ) {
      return settled();
    }
    return answerOf(result);
  }

  /** Somebody wants the connection, or its renewal, and it only waits for its next try. */
  function isWaiting(): boolean {
    const state = service.state();
    const trouble = 'trouble' in state ? state.trouble : null;
    return (
      trouble !== null &&
      trouble.failure.verdict !== 'cancelled' &&
      trouble.failure.verdict !== 'write_failed'
    );
  }

  async function refresh(input: SettingsInput): Promise<Document> {
    const failure = await enter(input);
    if (failure) {
      return now(failure);
    }
    void diagnoses.stop();
    const { kind } = service.state();
    if (!service.dispatch({ type: 'refreshAsked' }) && kind !== 'connecting' && kind !== 'refreshing') {
      return answerOf({ verdict: 'ok', summary: NOTHING_TO_RENEW });
    }
    return settled();
  }

  return {
    state: async input => now(await enter(input)),
    connect,
    refresh,
    disconnect: async input => {
      await enter(input);
      turn.abort();
      await diagnoses.stop();
      service.dispatch({ type: 'disconnectAsked' });
      return settled();
    },
    diagnose,
    cancel: async () => {
      turn.abort();
      service.dispatch({ type: 'cancelAsked' });
      await diagnoses.stop();
      return settled();
    },
    close: async () => {
      turn.abort();
      await diagnoses.stop();
      await service.close();
    }
  };
}

const CANCELLED = 'Cancelled. Nothing was changed.';
const DISCONNECTED_MEANWHILE = 'Cancelled: Disconnect was asked for meanwhile.';
const NOTHING_TO_RENEW = 'There is no connection to renew; Connect makes one.';
