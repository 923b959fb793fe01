import { done, type Outcome } from '../core/failure';
import { SECRET_MODE } from './file-plan';
import type { Memory } from './memory';
import type { ToolsDeps } from './tools-deps';
import { trans } from '../core/say';

const MOST_KEPT_ASIDE = 99;

/** A damaged journal is not thrown away: a person may still read in it what was there. Answers what to tell. */
export async function keepAside(
  deps: ToolsDeps,
  { isJournalDamaged, journalFile }: Memory,
  held: () => Promise<boolean>
): Promise<Outcome<string[]>> {
  if (!isJournalDamaged) {
    return done([]);
  }
  for (let number = 1; number <= MOST_KEPT_ASIDE; number++) {
    const free = await deps.disk.read(`${journalFile.path}.damaged-${number}`);
    if (free.ok && !free.value.file) {
      const to = { bytes: journalFile.file!.bytes, mode: SECRET_MODE };
      const changes = [{ snapshot: free.value, to, folders: [] }];
      const kept = await deps.disk.replaceAll({ changes, journal: null, basis: [], sweep: [], held });
      const note = trans.__(
        '%1 is damaged or of a newer version; it was kept as %2.',
        journalFile.path,
        free.value.path
      );
      return kept.ok ? done([note]) : kept;
    }
  }
  return done([]);
}
