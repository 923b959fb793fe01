import type { Secret } from '../core/secret/secret';
import type { LockKind } from '../fs/lock';
import { generationOf, isHalfDisconnected, memoryFolder, readMemory } from './memory';
import type { ConnectionRecord } from './record';
import { tokenInFiles } from './stored-token';
import type { ToolsDeps } from './tools-deps';

/**
 * The turn to ask AWS for a token: of all processes on a home one at a time, so that a renewal that is due in several of
 * them is made once. The second finds the record that the first has written, and takes its token over.
 *
 *     due -> turn -> news? -- none --> ask AWS -> transaction -> end of the turn
 *                      +-- a newer token: taken over, AWS is not asked
 *
 * Only a courtesy: what may be written, `transaction.ts` decides under its own lock. So nobody fails for want of a turn:
 * one that cannot be had, or whose holder takes too long, is done without. A holder that was killed or stands still
 * loses it after 5 s (fs/lock.ts).
 */
export interface Turn {
  /** False when it was taken away, from a process that stood still. */
  readonly isOurs: () => Promise<boolean>;
  /** Lets the next one in; a second time does nothing. */
  readonly end: () => void;
  /** Resolves when that has been done. */
  readonly ended: Promise<void>;
}

const NAME = 'token';

/** Nobody waits for a renewal. A live holder is through before this: the diagnosis ends after 10 s. */
export const RENEWAL: LockKind = { name: NAME, looks: 300, pollMs: 100 };

/** Somebody has clicked: long enough for another's healthy Connect, and no longer than the probes of a black hole take anyway. */
export const CLICK: LockKind = { name: NAME, looks: 40, pollMs: 25 };

const WITHOUT: Turn = { isOurs: async () => true, end: () => undefined, ended: Promise.resolve() };

/** Never rejects. When `signal` fires, the turn is done without: who asked for it has ended. */
export async function takeTurn(deps: ToolsDeps, kind: LockKind, signal: AbortSignal): Promise<Turn> {
  const folder = memoryFolder(deps);
  const lock = folder.ok ? await deps.disk.lock(folder.value, signal, kind).catch(() => null) : null;
  if (!lock?.ok) {
    return WITHOUT;
  }
  const { held, release } = lock.value;
  let end: () => void = () => undefined;
  const ended = new Promise<void>(resolve => (end = resolve)).then(release);
  return { isOurs: () => held().catch(() => false), end, ended };
}

/** What another process has done to the connection since the generation that an attempt is based on. */
export type News =
  | { readonly kind: 'none' }
  /** There is no connection any more; `isHalf`: whoever disconnected was killed before the files were as before. */
  | { readonly kind: 'gone'; readonly isHalf: boolean }
  | {
      readonly kind: 'record';
      readonly record: ConnectionRecord;
      /** Null when it stands in no file. */
      readonly token: Secret | null;
      readonly generation: number;
    };

export async function newsSince(deps: ToolsDeps, basedOn: number): Promise<News> {
  const memory = await readMemory(deps);
  if (!memory.ok || memory.value.isRecordDamaged) {
    return { kind: 'none' };
  }
  const { record } = memory.value;
  const isHalf = isHalfDisconnected(memory.value);
  if (!record || isHalf) {
    return { kind: 'gone', isHalf };
  }
  if (record.generation <= basedOn) {
    return { kind: 'none' };
  }
  const token = await tokenInFiles(deps, memory.value, record);
  return { kind: 'record', record, token, generation: generationOf(memory.value) };
}
