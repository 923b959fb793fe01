import type { Change } from '../fs/change';
import { done, type Outcome } from '../core/failure';
import { SECRET_MODE } from './file-plan';
import { JOURNAL_NAME, memoryFolder, oldMemoryFolder, RECORD_NAME } from './memory';
import type { ToolsDeps } from './tools-deps';

/**
 * Moves what a build before the first release remembers from Jupyter's data folder to the new place, once, under both locks. Where
 * something stands in the new place already, that is what counts: nothing is read from the old one any more.
 */
export async function migrate(deps: ToolsDeps, held: () => Promise<boolean>): Promise<Outcome<void>> {
  const [folder, old] = [memoryFolder(deps), oldMemoryFolder(deps)];
  if (!folder.ok || old === null || !(await deps.disk.isFolder(old)) || !(await hasMemory(deps, old))) {
    return done(undefined);
  }
  if (await hasMemory(deps, folder.value)) {
    return done(undefined);
  }
  const lock = await deps.disk.oldLock(old);
  if (!lock.ok) {
    return lock;
  }
  try {
    const changes: Change[] = [];
    for (const name of [JOURNAL_NAME, RECORD_NAME]) {
      const [from, to] = [
        await deps.disk.read(`${old}/${name}`),
        await deps.disk.read(`${folder.value}/${name}`)
      ];
      if (!from.ok || !to.ok) {
        return from.ok ? (to as Outcome<never>) : from;
      }
      if (from.value.file) {
        const { bytes } = from.value.file;
        changes.push({ snapshot: to.value, to: { bytes, mode: SECRET_MODE }, folders: [] });
        changes.push({ snapshot: from.value, to: null, folders: [] });
      }
    }
    // Both new ones first: a kill in between leaves the old ones, which nobody reads then.
    changes.sort((a, b) => Number(a.to === null) - Number(b.to === null));
    const basis = changes.map(change => change.snapshot);
    return await deps.disk.replaceAll({ changes, journal: null, basis, sweep: [old], held });
  } finally {
    await lock.value.release();
  }
}

async function hasMemory(deps: ToolsDeps, folder: string): Promise<boolean> {
  const reads = await Promise.all(
    [JOURNAL_NAME, RECORD_NAME].map(name => deps.disk.read(`${folder}/${name}`))
  );
  return reads.some(read => !read.ok || read.value.file !== null);
}
