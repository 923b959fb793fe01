import type { File } from '../../protocol/file';
import { done, failed, type Outcome } from '../core/failure';
import type { Secret } from '../core/secret/secret';
import { octal, type FilePlan } from './file-plan';
import { inspect, type ToolsReport } from './inspect';
import { sha256 } from './journal';
import { keepAside } from './keep-aside';
import { isHalfDisconnected, type Memory, memoryFolder, readMemory } from './memory';
import { migrate } from './migrate';
import { type Reading, readOnce, readSettled } from './one-reading';
import { listed, type Plan, planConnect, planDisconnect } from './plan';
import type { ConnectionRecord, NewConnection } from './record';
import { tokenInFiles } from './stored-token';
import type { ToolTarget, ToolsDeps } from './tools-deps';
import { type Decision, writePlan } from './write-plan';

/**
 * Every change of the package tools' files, of whichever process: one at a time, decided from one reading under one
 * lock, all of it or nothing.
 *
 *     lock -> read everything once -> decide -> plan -> stage -> compare -> rename -> release -> look
 *      ^                                |                           |
 *      |                                +-> adopted, superseded     | somebody without our lock has written,
 *      +------------------------------------------------------------+ or our lock was taken: from the start
 *
 * What the files say, and which transaction leads from one state to the other (G is the journal's generation, E the
 * end of the token in force):
 *
 *                 connect                    connect, renew: G grows, E grows
 *     nothing ------------------> connected --------------------------------+
 *        ^                        | ^  | ^                                  |
 *        |       disconnect       | |  | +----------------------------------+
 *        +------------------------+ |  |
 *        G grows, and is remembered |  | a renewal that finds G grown since it began, or a token that ends later:
 *        as `disconnectedAt`        +--+ adopted, nothing is written
 *
 *     connect, renew based on a generation before `disconnectedAt`: superseded, nothing is written; a record older than
 *     that is left of a Disconnect that was killed, and the next renewal brings it to an end
 *     a connect that finds that another one has brought a token that ends later, for the same index: writes that token
 *
 * Written in this order: the journal (from then on Disconnect knows what was there), the netrc, the tools' files, the
 * record of the connection; on Disconnect the tools' files first, then the netrc and the record, and the journal once
 * more. A kill in between leaves each file as before or as after; the next transaction starts from what the files would
 * be without us, so that it needs to know nothing of the kill.
 */
export type Intent =
  | (Attempt & { readonly kind: 'connect' })
  | (Attempt & { readonly kind: 'renew' })
  /** `begun`: only what a killed process has left of its Disconnect is brought to an end. */
  | { readonly kind: 'disconnect'; readonly begun?: true };

interface Attempt {
  /** What `currentGeneration` said when it began. */
  readonly basedOn: number;
  readonly target: ToolTarget;
  readonly connection: NewConnection;
}

export interface Committed {
  readonly kind: 'written' | 'adopted' | 'disconnected';
  /** What the state file says now; null after Disconnect. */
  readonly record: ConnectionRecord | null;
  /** The token in force: not always the one that was brought. */
  readonly token: Secret | null;
  readonly files: readonly File[];
  /** Sentences to show. */
  readonly notes: readonly string[];
  /** What was in the files before Connect was not known, so that our lines were found by their looks. */
  readonly isLost: boolean;
  /** False when every file of the tools said so already. */
  readonly changed: boolean;
  /** What the tools use now, as just looked at; after Disconnect nobody asks. */
  readonly report?: ToolsReport;
}

// Somebody else who writes the same files without our lock (pip config set) may come in between. This
// outlasts a person and a script; a file that changes all the time is told.
const TRIES = 5;

/**
 * Carries an intent out. Fails with `write_failed` (path, and the line of a file its tool cannot read), or with the
 * cause `superseded`; then nothing was changed. Throws only when `signal` aborts.
 */
export async function transaction(
  deps: ToolsDeps,
  intent: Intent,
  signal?: AbortSignal
): Promise<Outcome<Committed>> {
  const written = await carryOut(deps, intent, signal);
  return written.ok ? done(await looked(deps, intent, written.value)) : written;
}

/** The same, without looking at what comes of it. */
export async function carryOut(
  deps: ToolsDeps,
  intent: Intent,
  signal?: AbortSignal
): Promise<Outcome<Written>> {
  for (let left = TRIES; ; left--) {
    const outcome = await locked(deps, intent, signal);
    if (outcome.ok || left === 1 || outcome.failure.cause !== 'file_changed') {
      return outcome;
    }
  }
}

async function locked(
  deps: ToolsDeps,
  intent: Intent,
  signal: AbortSignal | undefined
): Promise<Outcome<Written>> {
  const folder = memoryFolder(deps);
  if (!folder.ok) {
    return folder;
  }
  const lock = await deps.disk.lock(folder.value, signal);
  if (!lock.ok) {
    return lock;
  }
  try {
    const { held } = lock.value;
    const moved = await migrate(deps, held);
    const memory = moved.ok ? await readMemory(deps) : moved;
    if (!memory.ok) {
      return memory;
    }
    const aside = await keepAside(deps, memory.value, held);
    return aside.ok ? await decide(deps, intent, memory.value, { held, signal, notes: aside.value }) : aside;
  } finally {
    await lock.value.release();
  }
}

/** What was written, before anybody has looked at what comes of it. */
export interface Written extends Omit<Committed, 'files' | 'report'> {
  readonly plan: Plan;
}

interface Hold {
  readonly held: () => Promise<boolean>;
  readonly signal: AbortSignal | undefined;
  readonly notes: readonly string[];
}

async function decide(
  deps: ToolsDeps,
  intent: Intent,
  memory: Memory,
  hold: Hold
): Promise<Outcome<Written>> {
  const known = (path: string, bytes: Uint8Array): boolean => {
    const hash = sha256(bytes);
    const entry = memory.journal.files.find(file => file.path === path);
    return entry?.before === hash || entry?.versions.some(version => version.sha256 === hash) === true;
  };
  const reading = readOnce(deps, path => readSettled(deps, path, bytes => known(path, bytes)));
  if (intent.kind === 'disconnect') {
    if (intent.begun && !isHalfDisconnected(memory)) {
      return superseded;
    }
    const plan = await planDisconnect(reading.deps, memory);
    return plan.ok ? write(reading, { memory, plan: plan.value, token: null, connection: null }, hold) : plan;
  }
  const { kind, basedOn, target, connection } = intent;
  const { journal, record } = memory;
  if (journal.disconnectedAt > basedOn) {
    return superseded;
  }
  const same = record?.indexUrl === connection.indexUrl ? record : null;
  // A record that cannot be read takes no living connection away.
  if (kind === 'renew' && !same && !memory.isRecordDamaged) {
    return superseded;
  }
  const inPlace = same && (await tokenInFiles(reading.deps, memory, connection));
  const isNews = same !== null && same.generation > basedOn;
  const isLater = same !== null && same.expiresAt > connection.expiresAt;
  if (kind === 'renew' && inPlace && (isNews || isLater)) {
    const plan = { jobs: [], steps: [], notes: [] };
    return done({
      kind: 'adopted',
      record,
      token: inPlace,
      notes: hold.notes,
      isLost: false,
      changed: false,
      plan
    });
  }
  const keep = inPlace && isNews && isLater ? same : null;
  const token = keep && inPlace ? inPlace : target.token;
  const { expiresAt, obtainedAt } = keep ?? connection;
  const plan = await planConnect(reading.deps, { ...target, token }, memory, kind === 'renew');
  const decision = { memory, token, connection: { ...connection, expiresAt, obtainedAt } };
  return plan.ok ? write(reading, { ...decision, plan: plan.value }, hold) : plan;
}

async function write(
  reading: Reading,
  decision: Decision,
  { held, signal, notes }: Hold
): Promise<Outcome<Written>> {
  signal?.throwIfAborted();
  const { plan, token, memory } = decision;
  const written = await writePlan(reading, decision, held);
  return written.ok
    ? done({
        kind: written.value ? 'written' : 'disconnected',
        record: written.value,
        token,
        notes: [...notes, ...plan.notes],
        isLost: memory.isLost,
        changed: plan.steps.some(step => step.change),
        plan
      })
    : written;
}

const superseded = failed('superseded', {});

/** What the tools use now that the files are written; after Disconnect, which files were given back. */
async function looked(deps: ToolsDeps, intent: Intent, written: Written): Promise<Committed> {
  const { plan, ...committed } = written;
  if (intent.kind === 'disconnect' || !written.record) {
    return { ...committed, files: plan.steps.flatMap(givenBack) };
  }
  const { settings, indexUrl } = written.record;
  const report = await inspect(deps, { settings, indexUrl });
  const files = plan.jobs.map((job, i) => ({
    ...(report.files.find(file => file.path === job.path) ?? listed(job, plan.steps[i])),
    ...(plan.steps[i].notes.length > 0 ? { note: plan.steps[i].notes.join(' ') } : {})
  }));
  return { ...committed, files: written.kind === 'adopted' ? report.files : files, report };
}

const givenBack = ({ change, tool, path, mode, scope }: FilePlan): File[] =>
  change?.to ? [{ tool, path, scope, mode: octal(mode), effective: false, shadowedBy: [] }] : [];
