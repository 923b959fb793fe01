import { done, failed, type Outcome } from '../core/failure';
import { jsonIn } from '../fs/json-file';
import type { Snapshot } from '../fs/snapshot';
import { EMPTY_JOURNAL, type Journal, type JournalEntry, journalIn } from './journal';
import { type ConnectionRecord, recordIn } from './record';
import { ALL_ADAPTERS } from './registry';
import { NOTHING_REPLACED } from './text/ownership';
import type { ToolsDeps } from './tools-deps';

/**
 * What we know of the files between two runs: `before.json` (the journal: what was in each file before us),
 * `state.json` (the connection), and the lock over both, all in `~/.local/state/jupyterlab-codeartifact`.
 *
 * It stands beside the files because it is about them. Neither Jupyter's data folder nor XDG_STATE_HOME names the place:
 * a server and a terminal that differ in one of those write the same ~/.netrc, and with a memory each, Disconnect of
 * one puts back the lines of the other. The scopes `site` and `global` write files that several users may share; what
 * each of them has put there is remembered in his own home. Root with `--user NAME` works in the home of that user, and
 * all of it belongs to him. Where the home cannot be written, nothing can be connected: the token belongs there too.
 *
 * Before the first release the place was `codeartifact` in Jupyter's data folder: read where nothing stands in the new one, and
 * moved by the first transaction (migrate.ts).
 */
export function memoryFolder({ runtime }: ToolsDeps): Outcome<string> {
  const { home } = runtime;
  return home
    ? done(`${home.replace(/\/$/, '')}/.local/state/jupyterlab-codeartifact`)
    : failed('no_home', { variable: 'HOME' });
}

export const JOURNAL_NAME = 'before.json';
export const RECORD_NAME = 'state.json';

/** Where builds before the first release had it; null when the caller knows no data folder. */
export const oldMemoryFolder = ({ dataDir }: ToolsDeps): string | null =>
  dataDir ? `${dataDir}/codeartifact` : null;

export interface Memory {
  readonly journal: Journal;
  readonly journalFile: Snapshot;
  /** Null: no connection, or a record that cannot be used. */
  readonly record: ConnectionRecord | null;
  readonly recordFile: Snapshot;
  readonly isRecordDamaged: boolean;
  readonly isJournalDamaged: boolean;
  /**
   * What was in the files before us is not known any more, although our lines may be in them: the journal is damaged,
   * of a newer version, or gone. Its entries are then those of every file that we could have written.
   */
  readonly isLost: boolean;
}

/** Both files as they are. A damaged one is an answer, not a failure: no verb may be kept from its work by it. */
export async function readMemory(deps: ToolsDeps): Promise<Outcome<Memory>> {
  const folder = memoryFolder(deps);
  if (!folder.ok) {
    return folder;
  }
  const now = await readIn(deps, folder.value);
  const old = oldMemoryFolder(deps);
  return old !== null && now.ok && !now.value.journalFile.file && !now.value.recordFile.file
    ? orOld(now, await readIn(deps, old))
    : now;
}

const orOld = (now: Outcome<Memory>, old: Outcome<Memory>): Outcome<Memory> =>
  old.ok && (old.value.journalFile.file ?? old.value.recordFile.file) ? old : now;

async function readIn(deps: ToolsDeps, folder: string): Promise<Outcome<Memory>> {
  const [journalFile, recordFile] = await Promise.all([
    deps.disk.read(`${folder}/${JOURNAL_NAME}`),
    deps.disk.read(`${folder}/${RECORD_NAME}`)
  ]);
  if (!journalFile.ok || !recordFile.ok) {
    return journalFile.ok ? (recordFile as Outcome<never>) : journalFile;
  }
  const [journalJson, recordJson] = [jsonIn(journalFile.value), jsonIn(recordFile.value)];
  const journal = journalJson.kind === 'value' ? journalIn(journalJson.value) : null;
  const record = recordJson.kind === 'value' ? recordIn(recordJson.value) : null;
  const isJournalDamaged = journal === null && journalJson.kind !== 'absent';
  const isLost = isJournalDamaged || (journal === null && recordJson.kind !== 'absent');
  const generation = record?.generation ?? 0;
  return done({
    journal:
      journal ??
      (isLost ? { ...EMPTY_JOURNAL, generation, files: await assumedEntries(deps, record) } : EMPTY_JOURNAL),
    journalFile: journalFile.value,
    record,
    recordFile: recordFile.value,
    isRecordDamaged: record === null && recordJson.kind !== 'absent',
    isJournalDamaged,
    isLost
  });
}

/** What can be said of files that we may have written: where they are, and which index is ours if the record is there. */
async function assumedEntries(deps: ToolsDeps, record: ConnectionRecord | null): Promise<JournalEntry[]> {
  const scopes = [...new Set(['user', record?.settings.scope ?? 'user'] as const)];
  const entries = await Promise.all(
    ALL_ADAPTERS.flatMap(tool =>
      scopes.map(async (scope): Promise<JournalEntry[]> => {
        const path = await tool.file(deps, scope);
        return path.ok
          ? [
              {
                tool: tool.name,
                scope,
                path: path.value,
                existed: false,
                before: null,
                mode: null,
                ourMode: -1,
                folders: [],
                edited: false,
                versions: [],
                indexUrl: record?.indexUrl ?? '',
                replaced: NOTHING_REPLACED
              }
            ]
          : [];
      })
    )
  );
  return [...new Map(entries.flat().map(entry => [entry.path, entry])).values()];
}

/** What an attempt that begins now is based on. Records of builds before the first release counted for themselves. */
export const generationOf = ({ journal, record }: Memory): number =>
  Math.max(journal.generation, record?.generation ?? 0);

/** Whether the last Disconnect is younger than the connection that is still recorded: it is under way, or was killed. */
export const isHalfDisconnected = ({ journal, record }: Memory): boolean =>
  record !== null && journal.disconnectedAt > record.generation;

/**
 * The generation that an attempt is based on: read when it begins and handed to `transaction`. What cannot be read counts
 * as nothing: the transaction itself then says why.
 */
export async function currentGeneration(deps: ToolsDeps): Promise<number> {
  const memory = await readMemory(deps);
  return memory.ok ? generationOf(memory.value) : 0;
}
