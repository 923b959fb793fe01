import type { Settings } from '../../protocol/settings';
import { SETTINGS } from '../../protocol/settings';
import { readIndexUrl } from './text/url-credentials';

/** What outlives a process: which connection there is, and until when. Never the token. */
export interface ConnectionRecord {
  readonly version: 1;
  readonly domain: string;
  readonly domainOwner: string;
  readonly repository: string;
  readonly region: string;
  /** Without credentials. */
  readonly indexUrl: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly obtainedAt: number;
  /** When the credentials that it was asked for with end, where they do: renewed before. */
  readonly credentialsExpireAt?: number;
  /** The journal's when this was written, so that other processes see that theirs is old. */
  readonly generation: number;
  /** SHA-256 of the token that ends at `expiresAt`; records of older versions have none. */
  readonly token?: string;
  readonly settings: Settings;
}

/** What Connect knows of a new connection; the rest the transaction adds. */
export type NewConnection = Omit<ConnectionRecord, 'version' | 'generation' | 'token'>;

const TEXTS = ['domain', 'domainOwner', 'repository', 'region', 'indexUrl'] as const;
const NUMBERS = ['expiresAt', 'obtainedAt', 'generation'] as const;

/** The record in a value of unknown origin; null when a field is missing or of another type, or the version is not ours. */
export function recordIn(value: unknown): ConnectionRecord | null {
  const record = objectIn(value);
  const settings = settingsIn(record?.['settings']);
  const token = record?.['token'];
  return record?.['version'] === 1 &&
    settings !== null &&
    TEXTS.every(name => typeof record[name] === 'string') &&
    readIndexUrl(record['indexUrl'] as string) !== null &&
    NUMBERS.every(name => isTime(record[name])) &&
    (record['credentialsExpireAt'] === undefined || isTime(record['credentialsExpireAt'])) &&
    (token === undefined || typeof token === 'string')
    ? ({ ...record, settings } as unknown as ConnectionRecord)
    : null;
}

// The last moment that a Date can have: https://tc39.es/ecma262/#sec-time-values-and-time-range
const LAST_TIME = 8.64e15;

const isTime = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= LAST_TIME;

/** Settings that an older version did not have get their defaults. */
function settingsIn(value: unknown): Settings | null {
  const given = objectIn(value);
  if (!given) {
    return null;
  }
  const entries = SETTINGS.map(row => [row.name, given[row.name] ?? row.default] as const);
  const right = SETTINGS.every((row, i) => {
    const found: unknown = entries[i][1];
    const isChoice = (choice: unknown) => row.choices?.some(({ value: known }) => known === choice) ?? false;
    switch (row.kind) {
      case 'choice':
        return isChoice(found);
      case 'list':
        return Array.isArray(found) && found.every(isChoice);
      default:
        return typeof found === row.kind;
    }
  });
  return right ? (Object.fromEntries(entries) as unknown as Settings) : null;
}

export const objectIn = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
