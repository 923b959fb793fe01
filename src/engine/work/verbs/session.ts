import type { Document } from '../../../protocol/document';
import type { SettingsInput } from '../../../protocol/request';
import type { RungId } from '../../../protocol/rung';
import { fleetDelay } from '../../pure/settings/fleet-delay';
import type { Failure } from '../../pure/verdicts/failure';
import { createKeeper } from '../keeper/keeper';
import { attempt } from './attempt';
import { look } from './diagnose';
import type { VerbDeps } from './deps';
import { disconnectedSentence, takeBack } from './disconnect';
import { load } from './load';
import { createLatest } from './latest';
import { prepare, type Prepared } from './prepare';
import { targetOf } from './target';

/** A restart is no reason to ask AWS: a token with this long to live is taken as it is. */
const WORTH_KEEPING_MS = 30 * 60_000;

/** The long-lived engine behind the server: one connection, kept alive between requests. */
export interface Session {
  readonly state: (input: SettingsInput) => Promise<Document>;
  /** `automatic`: nobody clicked, so it is spread over the fleet and content with a live token. */
  readonly connect: (input: SettingsInput, automatic: boolean) => Promise<Document>;
  readonly refresh: (input: SettingsInput) => Promise<Document>;
  readonly disconnect: (input: SettingsInput) => Promise<Document>;
  readonly diagnose: (input: SettingsInput, rung?: RungId) => Promise<Document>;
  readonly cancel: (input: SettingsInput) => Promise<Document>;
  readonly close: () => Promise<void>;
}

/** @param notify called after every change; what changed is told by `state`. */
export function createSession(deps: VerbDeps, notify: (state: string) => void): Session {
  const { clock } = deps.world;
  const latest = createLatest(clock);
  /** The settings of the last request: what renewals and retries work with. */
  let current: Prepared | null = null;
  let dataDir = '';
  let generation = 0;
  let looking: AbortController | null = null;
  const closing = new AbortController();

  const changed = () => notify(keeper.state().kind);
  const keeper = createKeeper(
    deps.world,
    {
      connect: (target, signal) => climbTo({ ...context(), settings: target.settings }, signal),
      refresh: (grant, signal) => climbTo({ ...context(), settings: grant.target.settings }, signal),
      restore: async () => {
        const written = await takeBack(deps, dataDir);
        latest.clear();
        if (!written.ok) {
          return written.failure;
        }
        generation = 0;
        latest.tell({
          verdict: 'ok',
          summary: disconnectedSentence(true, written.value.notes),
          notes: written.value.notes
        });
        return null;
      }
    },
    changed
  );

  function context(): Prepared {
    if (!current) {
      throw new Error('no request yet');
    }
    return current;
  }

  async function climbTo(prepared: Prepared, signal: AbortSignal) {
    latest.begin();
    const tried = await attempt(deps, prepared, rungs => latest.rungs(rungs) && changed(), signal);
    const { verdict, summary, rungs } = tried.climb;
    latest.end({ verdict, summary, rungs, files: tried.files, notes: tried.notes });
    if (tried.outcome.ok) {
      generation = (await load(deps, prepared.dataDir))?.generation ?? generation;
    }
    return tried.outcome;
  }

  /** Settings of this request; and what other processes did to the connection since. */
  async function enter(input: SettingsInput): Promise<Failure | null> {
    const prepared = prepare(deps, input);
    dataDir = input.dataDir;
    if (prepared.ok) {
      current = prepared.value;
    }
    const kind = keeper.state().kind;
    if (kind !== 'connecting' && kind !== 'refreshing' && kind !== 'disconnecting') {
      await adopt();
    }
    return prepared.ok ? null : prepared.failure;
  }

  async function adopt(): Promise<void> {
    const loaded = await load(deps, dataDir);
    if (loaded && loaded.generation !== generation) {
      const first = generation === 0 && keeper.state().kind === 'disconnected';
      generation = loaded.generation;
      keeper.tell(first ? { type: 'loaded', grant: loaded.grant } : { type: 'adopted', grant: loaded.grant });
    } else if (!loaded && generation !== 0) {
      generation = 0;
      keeper.tell({ type: 'adopted', grant: null });
    }
  }

  const now = (failure: Failure | null = null, notes: readonly string[] = []): Document =>
    latest.document(keeper.state(), failure, [...(current?.notes ?? []), ...notes]);

  async function connect(input: SettingsInput, automatic: boolean): Promise<Document> {
    const failure = await enter(input);
    if (failure) {
      return now(failure);
    }
    const { settings } = context();
    if (automatic) {
      const state = keeper.state();
      if (state.kind === 'connected' && state.grant.expiresAt - clock.now() > WORTH_KEEPING_MS) {
        return now();
      }
      await clock.sleep(fleetDelay(settings.fleetSize, deps.hash), closing.signal);
    }
    looking?.abort();
    keeper.tell({
      type: 'connectAsked',
      by: automatic ? 'automatic' : 'person',
      target: targetOf(settings, settings.region)
    });
    await keeper.settled();
    return now();
  }

  async function diagnose(input: SettingsInput, rung?: RungId): Promise<Document> {
    const failure = await enter(input);
    if (failure) {
      return now(failure);
    }
    const before = keeper.state();
    if (before.kind === 'connecting' || before.kind === 'refreshing') {
      await keeper.settled();
      return now();
    }
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    latest.begin();
    const grant = 'grant' in before ? before.grant : null;
    const result = await look(
      deps,
      context(),
      grant,
      rung,
      rungs => latest.rungs(rungs) && changed(),
      mine.signal
    );
    const { verdict, summary, rungs, files } = result;
    latest.end({ verdict, summary, rungs, ...(files && { files }) });
    if (looking === mine) {
      looking = null;
    }
    changed();
    // What stood in the way is gone: the connection somebody asked for comes by itself.
    if (verdict === 'ok' && rung === undefined && keeper.state().kind === 'failed') {
      keeper.tell({ type: 'refreshAsked' });
      await keeper.settled();
    }
    return now();
  }

  return {
    state: async input => now(await enter(input)),
    connect,
    refresh: async input => {
      const failure = await enter(input);
      if (failure || !keeper.tell({ type: 'refreshAsked' })) {
        return now(failure, failure ? [] : ['There is no connection to renew; Connect makes one.']);
      }
      await keeper.settled();
      return now();
    },
    disconnect: async input => {
      await enter(input);
      looking?.abort();
      keeper.tell({ type: 'disconnectAsked' });
      await keeper.settled();
      return now();
    },
    diagnose,
    cancel: async () => {
      looking?.abort();
      keeper.tell({ type: 'cancelAsked' });
      await keeper.settled();
      return now();
    },
    close: async () => {
      closing.abort();
      looking?.abort();
      await keeper.close();
    }
  };
}
