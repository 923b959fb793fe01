import type { Settings } from '../../protocol/settings';
import { SECRET_MODE } from '../tools/file-plan';
import { jsonBytes, jsonIn } from '../fs/json-file';
import { memoryFolder } from '../tools/memory';
import { objectIn } from '../tools/record';
import { toolsDeps, type EngineDeps } from './engine-deps';

/** What a failure was about: an outage of another repository or endpoint is another outage. */
const NAMES = ['region', 'domain', 'domainOwner', 'repository'] as const;
const ENDPOINTS = ['apiEndpoint', 'repositoriesEndpoint', 'endpointType'] as const;

export type Subject = Readonly<Pick<Settings, (typeof NAMES | typeof ENDPOINTS)[number]>>;

/** From the first failed check to the one that passed again, in milliseconds since the epoch. */
export interface KnownOutage {
  readonly since: number;
  /** Null while it lasts. */
  readonly repairedAt: number | null;
  /** Undefined: not asked for by this process yet. */
  readonly of?: Subject;
}

export const subjectOf = (settings: Settings): Subject =>
  Object.fromEntries([...NAMES, ...ENDPOINTS].map(name => [name, settings[name]])) as Subject;

/** A name that was not chosen yet, as on the first run, may be chosen meanwhile. */
export const isSameSubject = (before: Subject, now: Subject): boolean =>
  NAMES.every(name => before[name] === '' || before[name] === now[name]) &&
  ENDPOINTS.every(name => before[name] === now[name]);

/**
 * The outage as it outlives a process: `outage.json` beside the record of the connection, which all engines on a home
 * share. A notebook is stopped overnight while somebody mends its endpoint. Of a file that cannot be written nobody is
 * told: what is lost is since when.
 */
export interface OutageFile {
  /** What was written last, here or by another process; null when there is nothing that can be used. */
  readonly read: () => Promise<KnownOutage | null>;
  /** Null: it is over, or nobody asks for it any more. */
  readonly write: (outage: KnownOutage | null) => void;
  /** Resolves when everything is written. */
  readonly written: () => Promise<void>;
}

const NAME = 'outage.json';

export function createOutageFile(deps: EngineDeps): OutageFile {
  // The home alone names the place.
  const tools = toolsDeps(deps, '');
  const folder = memoryFolder(tools);
  const path = folder.ok ? `${folder.value}/${NAME}` : '';
  let usable = folder.ok;
  let queue: Promise<unknown> = Promise.resolve();
  /** What is still to be written: nobody waits for the lock to read it. */
  const waiting: (KnownOutage | null)[] = [];

  async function replace(outage: KnownOutage | null): Promise<void> {
    const there = await deps.disk.read(path);
    if (!usable || !folder.ok || (outage === null && there.ok && !there.value.file)) {
      return;
    }
    const lock = await deps.disk.lock(folder.value);
    if (!lock.ok) {
      usable = false;
      return;
    }
    try {
      const { held } = lock.value;
      const read = await deps.disk.read(path);
      const to = outage && { bytes: jsonBytes({ version: 1, ...outage }), mode: SECRET_MODE };
      const replaced = read.ok
        ? await deps.disk.replaceAll({
            changes: [{ snapshot: read.value, to, folders: [] }],
            journal: null,
            basis: [read.value],
            sweep: [],
            held
          })
        : read;
      usable = replaced.ok;
    } finally {
      await lock.value.release();
    }
  }

  return {
    read: async () => {
      if (waiting.length > 0) {
        return waiting[waiting.length - 1];
      }
      const read = usable ? await deps.disk.read(path) : null;
      const json = read?.ok ? jsonIn(read.value) : null;
      return json?.kind === 'value' ? outageIn(json.value, deps.runtime.clock.now()) : null;
    },
    write: outage => {
      waiting.push(outage);
      queue = queue
        .then(() => replace(outage))
        .catch(() => undefined)
        .finally(() => waiting.shift());
    },
    written: async () => void (await queue)
  };
}

/** The outage in a value of unknown origin; null when it is of no use, as when a clock was set back since. */
function outageIn(value: unknown, now: number): KnownOutage | null {
  const outage = objectIn(value);
  const { since, repairedAt } = outage ?? {};
  const of = objectIn(outage?.['of']);
  return outage?.['version'] === 1 &&
    typeof since === 'number' &&
    since >= 0 &&
    since <= now &&
    (repairedAt === null || (typeof repairedAt === 'number' && repairedAt >= since && repairedAt <= now)) &&
    of !== null &&
    [...NAMES, ...ENDPOINTS].every(name => typeof of[name] === 'string')
    ? { since, repairedAt, of: of as unknown as Subject }
    : null;
}
