import type { Disk } from '../fs/disk';
import type { FoundFile, Snapshot } from '../fs/snapshot';
import { done, type Outcome } from '../core/failure';
import type { ToolsDeps } from './tools-deps';

/** A disk each file of which is read once, and what was read so far. */
export interface Reading {
  readonly deps: ToolsDeps;
  readonly seen: () => readonly Snapshot[];
}

/**
 * Everything that is decided is decided from one reading: a file that is asked for twice is the same both times, and
 * all that was read can be compared before anything is written.
 */
export function readOnce(deps: ToolsDeps, read: Disk['read'] = path => deps.disk.read(path)): Reading {
  const reads = new Map<string, Promise<Outcome<Snapshot>>>();
  const seen: Snapshot[] = [];
  const once: Disk['read'] = path => {
    const known =
      reads.get(path) ??
      read(path).then(outcome => {
        if (outcome.ok) {
          seen.push(outcome.value);
        }
        return outcome;
      });
    reads.set(path, known);
    return known;
  };
  return { deps: { ...deps, disk: { ...deps.disk, read: once } }, seen: () => seen };
}

// pip empties its file before it writes it (`pip config set`, in
// https://github.com/pypa/pip/blob/main/src/pip/_internal/configuration.py, `save`), as most editors do. That takes
// microseconds to some milliseconds; who is still writing after this is not waited for.
const SETTLED_MS = 50;
const LOOKS = 6;

/**
 * Reads a file that others write without our lock: one that is empty, or was written a moment ago, is read again until
 * it stays the same, because it may be half of what somebody is writing.
 *
 * @param isKnown whether these bytes are some of ours, which are never half
 */
export async function readSettled(
  { disk, runtime }: ToolsDeps,
  path: string,
  isKnown: (bytes: Uint8Array) => boolean
): Promise<Outcome<Snapshot>> {
  const { clock } = runtime;
  const isSettled = (file: FoundFile | null): boolean =>
    file === null ||
    (file.bytes.length > 0 && Math.abs(clock.now() - file.modifiedAt) > SETTLED_MS) ||
    isKnown(file.bytes);
  let last: Snapshot | null = null;
  for (let looks = 1; ; looks++) {
    const read = await disk.read(path);
    if (!read.ok || isSettled(read.value.file) || looks === LOOKS) {
      return read;
    }
    if (last?.file && last.file.stamp === read.value.file?.stamp) {
      return done(read.value);
    }
    last = read.value;
    await clock.sleep(SETTLED_MS + 1);
  }
}
