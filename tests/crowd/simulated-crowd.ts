import { createDisk } from '../../src/engine/fs/disk';
import type { Calls } from '../../src/engine/fs/fs-calls';
import type { Runtime } from '../../src/engine/runtime/runtime';
import type { ToolsDeps } from '../../src/engine/tools/tools-deps';
import { INDEX } from '../files/home-fixture';
import type { Chance } from '../files/random-file';
import { type Interleaver, type Process, wasDisturbed } from './interleaver';
import { createMember, type Member, type Verb } from './member';

const HOME = '/home/u';
export const PIP = `${HOME}/.config/pip/pip.conf`;
const NETRC = `${HOME}/.netrc`;
const MEMORY = `${HOME}/.local/state/jupyterlab-codeartifact`;
const STATE = `${MEMORY}/state.json`;
const JOURNAL = `${MEMORY}/before.json`;
const LOCKS = ['lock', 'token'];

const PIP_BASE = '# mine\n[global]\nindex-url = https://corp/simple\n[install]\nno-deps = no\n';
const NETRC_BASE = 'machine other login me password pw\n';

/** What pip leaves of a file that it writes: no comments. */
const SETTINGS_OF_USER = ['no-deps = no'];

/** `locked`: two holders in a row stood still for longer than anybody waits. */
const EXPECTED = ['superseded', 'locked'];

/** The end of what was done, for reading a failure. */
const TRACED = 400;

const TOKEN = /tok-(\d+)-\d+/g;

/** A journal that was written, or a record. */
interface Event {
  readonly at: number;
  readonly disconnectedAt?: number;
  readonly obtainedAt?: number;
  readonly expiresAt?: number;
}

/** A home with files of its user's, and what the processes on it have done. */
export interface Crowd {
  readonly sim: Interleaver;
  act(process: Process, verb: Verb): Promise<void>;
  /** Empties the file, then writes it, as pip does. */
  pipConfigSet(process: Process, chance: Chance): Promise<void>;
  /** Every journal and every record of a connection, in the order in which they were written. */
  readonly history: readonly Event[];
  /** Renewals for which AWS was asked, and the generation that was renewed. */
  readonly asked: readonly { readonly process: Process; readonly basedOn: number }[];
  /** What has come to its end. */
  readonly done: readonly { readonly process: Process; readonly verb: Verb }[];
  /** Failures that nobody should have seen. */
  readonly failures: string[];
}

export function createCrowd(sim: Interleaver): Crowd {
  sim.files.put(PIP, PIP_BASE);
  sim.files.put(NETRC, NETRC_BASE);
  const failures: string[] = [];
  const history: Event[] = [];
  const asked: { process: Process; basedOn: number }[] = [];
  const done: { process: Process; verb: Verb }[] = [];
  /** Keeps what each rename brings of our own files. */
  const watched = (calls: Calls): Calls => ({
    ...calls,
    rename: async (from, to) => {
      await calls.rename(from, to);
      if (to === STATE || to === JOURNAL) {
        history.push({ at: sim.now, ...(JSON.parse(sim.files.read(to)!) as object) });
      }
    }
  });
  let minted = 0;

  const depsOf = (process: Process): ToolsDeps => {
    const runtime: Runtime = {
      clock: sim.clockOf(process),
      env: { HOME },
      home: HOME,
      random: () => 0.5,
      platform: 'linux',
      log: () => undefined
    };
    return {
      runtime,
      disk: createDisk(runtime, watched(sim.callsOf(process)), sim.nameOf(process)),
      dataDir: ''
    };
  };

  const members = new Map<Process, Member>();

  async function act(process: Process, verb: Verb): Promise<void> {
    const member =
      members.get(process) ??
      createMember(depsOf(process), {
        // AWS's answer may be a while on its way.
        mint: async ({ runtime }) => {
          const obtainedAt = sim.now;
          const expiresAt = Math.floor(obtainedAt) + 43_200_000;
          const token = `tok-${expiresAt}-${++minted}`;
          await runtime.clock.sleep(minted % 3 === 0 ? 40 : 1);
          return { token, obtainedAt, expiresAt };
        },
        asks: basedOn => {
          asked.push({ process, basedOn });
          sim.trace.push(`${process.name} asks AWS to renew ${basedOn}`);
        },
        ended: (kind, outcome) => {
          const came = outcome.ok ? outcome.value.kind : outcome.failure.cause;
          sim.trace.push(`${process.name} ${kind}: ${came}`);
          if (outcome.ok) {
            done.push({ process, verb: kind });
          } else if (!EXPECTED.includes(outcome.failure.cause)) {
            failures.push(`${process.name} ${kind}: ${outcome.failure.summary}`);
          }
        }
      });
    members.set(process, member);
    await member.act(verb);
  }

  async function pipConfigSet(process: Process, chance: Chance): Promise<void> {
    const calls = sim.callsOf(process, true);
    const { sleep } = sim.clockOf(process);
    await sleep(chance.below(30));
    const before = sim.files.read(PIP)!;
    const lines = before
      .split('\n')
      .filter(line => line && !line.startsWith('#') && !line.startsWith('timeout'));
    const text = [...lines, 'timeout = 9', ''].join('\n');
    await sleep(chance.below(5));
    const handle = await calls.open(PIP, 'w');
    await sleep(chance.below(20));
    await handle.writeFile(Buffer.from(text));
  }

  return { sim, act, pipConfigSet, history, asked, done, failures };
}

interface Expectation {
  readonly disconnected?: boolean;
  /** pip has written the file as it read it before: what it wrote over is not ours to answer for. */
  readonly byPip?: boolean;
}

/** What must hold whenever nobody is writing. */
export function check(
  { sim, failures, history, asked, done }: Crowd,
  { disconnected = false, byPip = false }: Expectation
): void {
  const [pip, netrc] = [sim.files.read(PIP), sim.files.read(NETRC)];
  const state = sim.files.read(STATE);
  const journal = JSON.parse(sim.files.read(JOURNAL) ?? 'null') as {
    files: unknown[];
    tokens: unknown[];
  } | null;
  const must = (right: boolean, what: string): void => {
    if (!right) {
      const shown = [what, ...failures, pip, netrc, state, ...sim.trace.slice(-TRACED)];
      throw new Error(shown.join('\n'));
    }
  };
  must(failures.length === 0, 'a failure that nobody should see');
  // What a process made to take the lock with is left by one that was killed, until the lock would be stale.
  const own = disconnected ? LOCKS.map(name => `${MEMORY}/${name}`) : [`${MEMORY}/lock/`];
  const left = sim.files
    .paths()
    .filter(path => path.endsWith('.tmp') || own.some(start => path.startsWith(start)));
  must(left.length === 0, `something is left behind: ${left.join()}`);
  const tokens = [...(netrc ?? '').matchAll(TOKEN)].map(([, end]) => Number(end));
  must(netrc?.replace(/machine acme-.*\n/, '') === NETRC_BASE, 'the netrc of the user has changed');
  for (const setting of SETTINGS_OF_USER) {
    must(pip?.includes(setting) === true, `the setting of the user is lost: ${setting}`);
  }
  if (!byPip) {
    must(pip?.replace(INDEX, 'https://corp/simple') === PIP_BASE, 'the pip.conf of the user has changed');
    must(pip?.includes(INDEX) === (state !== null), 'pip.conf and the state differ');
  }
  const record = state === null ? null : (JSON.parse(state) as { expiresAt: number });
  must(
    record === null ? tokens.length === 0 : tokens.length === 1 && tokens[0] === record.expiresAt,
    'the netrc and the state differ'
  );
  must(isMonotonous(history), 'an older token was written over a newer one');
  must(isFinal(history), 'a connection has come back that began before a Disconnect');
  const due = asked.filter(({ process }) => !wasDisturbed(process)).map(({ basedOn }) => basedOn);
  must(new Set(due).size === due.length, 'a renewal was made twice');
  const last = done.at(-1);
  if (done.every(({ verb, process }) => verb !== 'disconnect' && !wasDisturbed(process)) && last) {
    must(record !== null, 'AWS has answered, and there is no connection');
  }
  if (disconnected) {
    must(record === null, 'a state after Disconnect');
    must(journal?.files.length === 0 && journal.tokens.length === 0, 'Disconnect remembers something');
  }
}

/** Between two Disconnects each record ends later than the one before. */
function isMonotonous(history: readonly Event[]): boolean {
  let latest = 0;
  let disconnected = 0;
  return history.every(({ expiresAt, disconnectedAt }) => {
    if (disconnectedAt !== undefined && disconnectedAt !== disconnected) {
      [latest, disconnected] = [0, disconnectedAt];
    }
    const right = expiresAt === undefined || expiresAt >= latest;
    latest = expiresAt ?? latest;
    return right;
  });
}

/** No token was written that AWS was asked for before the last Disconnect. */
function isFinal(history: readonly Event[]): boolean {
  let [at, disconnected] = [0, 0];
  return history.every(event => {
    if (event.disconnectedAt !== undefined && event.disconnectedAt !== disconnected) {
      [at, disconnected] = [event.at, event.disconnectedAt];
    }
    return event.obtainedAt === undefined || event.obtainedAt >= at;
  });
}
