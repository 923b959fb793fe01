import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeClients } from '../../src/engine/aws/sdk-client';
import { createCalls } from '../../src/engine/aws/codeartifact';
import { findCredentials } from '../../src/engine/aws/credentials';
import { findRegion } from '../../src/engine/aws/region';
import { createDisk } from '../../src/engine/fs/disk';
import { createNetwork } from '../../src/engine/net/network';
import type { Clock, Runtime } from '../../src/engine/runtime/runtime';
import type { EngineDeps } from '../../src/engine/connection/engine-deps';
import { createSession, type Session } from '../../src/engine/connection/session';
import type { Document } from '../../src/protocol/document';
import { contradictions } from './invariants';
import type { SettingsInput } from '../../src/protocol/request';

export const SETTINGS = {
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  region: 'us-east-1'
};

/** Sleeps as long as this are renewals, retries and caps: they wait for the test, not for the day. */
const LONG_MS = 5000;

/** Real time for sockets, and a wall clock that can be put forward. */
export function shiftedClock() {
  let offset = 0;
  const sleepers = new Set<{ due: number; wake: () => void }>();
  const now = () => Date.now() + offset;
  const clock: Clock = {
    now,
    ticks: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => () => {
          clearTimeout(timer);
          sleepers.delete(one);
          signal?.removeEventListener('abort', stop);
          settle();
        };
        const one = { due: now() + ms, wake: end(resolve) };
        const stop = end(() => reject(signal?.reason as Error));
        const timer = ms < LONG_MS ? setTimeout(one.wake, ms) : undefined;
        if (ms >= LONG_MS) {
          sleepers.add(one);
        }
        signal?.addEventListener('abort', stop, { once: true });
        if (signal?.aborted) {
          stop();
        }
      })
  };
  return {
    clock,
    /** Puts the wall clock forward and wakes whoever has slept long enough. */
    shift(ms: number): void {
      offset += ms;
      [...sleepers].filter(s => s.due <= now()).forEach(s => s.wake());
    },
    waiting: () => sleepers.size
  };
}

export interface Room {
  readonly session: Session;
  readonly input: SettingsInput;
  readonly deps: EngineDeps;
  readonly home: string;
  readonly events: string[];
  readonly shift: (ms: number) => void;
  /** Another engine on the same home: a restart, or the command line beside the server. */
  readonly another: () => Room;
  readonly close: () => Promise<void>;
}

/** The session, of which no answer to any verb may contradict itself or have a hole, whatever a test looks at. */
const watched = (session: Session): Session =>
  new Proxy(session, {
    get(target, name: keyof Session) {
      const verb = target[name] as (...given: unknown[]) => unknown;
      if (name === 'progress') {
        return verb;
      }
      return async (...given: unknown[]) => {
        const answer = await verb.apply(target, given);
        const wrong = isDocument(answer) ? contradictions(answer) : [];
        if (wrong.length > 0) {
          throw new Error(`${name} contradicts itself: ${wrong.join('; ')}`);
        }
        return answer;
      };
    }
  });

const isDocument = (answer: unknown): answer is Document =>
  typeof answer === 'object' && answer !== null && 'rungs' in answer && 'summary' in answer;

/** The session with the real ladder, sockets, SDK and disk, in a home of its own. */
export function createRoom(
  env: Record<string, string>,
  {
    settings = {},
    hash = 0.5,
    learn = () => undefined,
    served,
    readText = async () => null
  }: {
    settings?: object;
    hash?: number;
    learn?: EngineDeps['learn'];
    /** What the server does when it is told of a change; without it nobody listens. */
    served?: (state: string, session: Session) => void;
    readText?: EngineDeps['diagnosis']['readText'];
  } = {},
  folder = mkdtempSync(join(tmpdir(), 'whole-'))
): Room {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const { clock, shift } = shiftedClock();
  const runtime: Runtime = {
    clock,
    env: { ...env, HOME: home },
    home,
    random: () => 0.5,
    platform: 'linux',
    log: () => undefined
  };
  const disk = createDisk(runtime);
  const deps: EngineDeps = {
    runtime,
    disk,
    diagnosis: {
      runtime,
      network: createNetwork(runtime),
      aws: { findRegion, findCredentials, createCalls },
      readText
    },
    hash,
    learn
  };
  const events: string[] = [];
  const session: Session = watched(
    createSession(
      deps,
      state => {
        events.push(state);
        served?.(state, session);
      },
      { isServed: served !== undefined }
    )
  );
  const input: SettingsInput = {
    settings: { ...SETTINGS, ...settings },
    pins: {},
    sources: {},
    notes: [],
    allowedEndpointHosts: [],
    dataDir: join(folder, 'data')
  };
  return {
    session,
    input,
    deps,
    home,
    events,
    shift,
    another: () => createRoom(env, { settings, hash, learn, served }, folder),
    close: async () => {
      await session.close();
      closeClients();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
