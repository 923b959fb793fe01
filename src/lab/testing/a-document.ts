import type { Connection } from '../../protocol/connection';
import type { Document } from '../../protocol/document';
import type { File } from '../../protocol/file';
import type { Rung, RungId } from '../../protocol/rung';
import { RUNG_IDS } from '../../protocol/rung';

/** The moment at which every fixture is looked at. */
export const NOW = Date.parse('2026-11-23T12:28:00Z');

const MINUTE = 60_000;

export const isoIn = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();

const MS: Partial<Record<RungId, number>> = {
  'dns.api': 1,
  'tcp.api': 2,
  'tls.api': 4,
  'http.api': 3,
  token: 41,
  endpoint: 2,
  'dns.repository': 1,
  'tcp.repository': 2,
  'tls.repository': 3,
  index: 30,
  tools: 1
};

const HOST = 'codeartifact.eu-central-1.amazonaws.com';
const REPOSITORY_HOST = 'analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com';

const API = ['10.0.1.41', '10.0.2.87', '10.0.3.15'];
const REPOSITORY = ['10.0.1.52', '10.0.2.90', '10.0.3.18'];

const SUMMARY: Partial<Record<RungId, string>> = {
  environment: 'Region eu-central-1 from AWS_REGION; no proxy.',
  credentials: 'Role SageMaker-DataScientist, from the container’s credentials.',
  'dns.api': `${HOST} resolves to 3 private addresses.`,
  'tcp.api': '10.0.1.41, 10.0.2.87, 10.0.3.15, all private',
  'tls.api': 'TLS 1.3, certificate by Amazon',
  'http.api': 'The API answers.',
  token: 'A token for 12 h.',
  endpoint: 'The repository’s endpoint is known.',
  'dns.repository': `${REPOSITORY_HOST} resolves to 3 private addresses.`,
  'tcp.repository': '10.0.1.52, 10.0.2.90, 10.0.3.18, all private',
  'tls.repository': 'TLS 1.3, certificate by Amazon',
  index: 'The index of isolatedsm answers.',
  tools: 'pip reads the index from ~/.config/pip/pip.conf.',
  s3: 'S3 is not needed for pip.'
};

const list = (addresses: readonly string[]): unknown =>
  addresses.map((address, index) => ({ address, verdict: 'ok', ms: 2 + index }));

const EVIDENCE: Partial<Record<RungId, Record<string, unknown>>> = {
  'dns.api': { host: HOST, addressClass: 'private', addresses: API },
  'tcp.api': { host: HOST, port: 443, addressClass: 'private', addresses: list(API) },
  'dns.repository': { host: REPOSITORY_HOST, addressClass: 'private', addresses: REPOSITORY },
  'tcp.repository': { host: REPOSITORY_HOST, port: 443, addressClass: 'private', addresses: list(REPOSITORY) }
};

/** A rung that is well, with what is different about it. */
export function aRung(id: RungId, change: Partial<Rung> = {}): Rung {
  return {
    id,
    title: id,
    verdict: 'ok',
    ms: MS[id] ?? 0,
    summary: SUMMARY[id] ?? '',
    ...change,
    evidence: { ...EVIDENCE[id], ...change.evidence }
  };
}

/** All rungs well; a changed one, and all behind it waiting on it unless it is well. */
export function rungs(
  change: Partial<Rung> & { id?: RungId } = {},
  behind: Rung['verdict'] = 'skipped'
): Rung[] {
  const at = change.id ? RUNG_IDS.indexOf(change.id) : RUNG_IDS.length;
  return RUNG_IDS.map((id, index) => {
    if (id === 's3') {
      return aRung(id, { verdict: 'skipped', evidence: {} });
    }
    if (index === at) {
      return aRung(id, change);
    }
    const after = index > at && change.verdict !== 'ok';
    return after
      ? aRung(id, {
          verdict: behind,
          ms: 0,
          summary: '',
          evidence: {},
          ...(behind === 'skipped' ? { because: change.id } : {})
        })
      : aRung(id);
  });
}

export const aConnection = (change: Partial<Connection> = {}): Connection => ({
  state: 'connected',
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  region: 'eu-central-1',
  indexUrl: `https://${REPOSITORY_HOST}/pypi/isolatedsm/simple/`,
  expiresAt: isoIn(8 * 60 + 12),
  refreshAt: isoIn(4 * 60 + 27),
  ...change
});

export const FILES: File[] = [
  {
    tool: 'pip',
    path: '/home/ds/.config/pip/pip.conf',
    scope: 'user',
    mode: '0600',
    effective: true,
    shadowedBy: []
  },
  { tool: 'netrc', path: '/home/ds/.netrc', scope: 'user', mode: '0600', effective: true, shadowedBy: [] }
];

export const aDocument = (change: Partial<Document> = {}): Document => ({
  schema: 1,
  verdict: 'ok',
  summary: 'Connected to isolatedsm.',
  connection: aConnection(),
  rungs: rungs(),
  files: FILES,
  at: isoIn(0),
  ...change
});

/** A failed connect: the rung that broke decides the verdict. */
export function brokenAt(
  change: Partial<Rung> & { id: RungId; verdict: Document['verdict'] },
  more: Partial<Document> = {}
): Document {
  return aDocument({
    verdict: change.verdict,
    summary: change.summary ?? '',
    connection: aConnection({
      state: 'failed',
      indexUrl: undefined,
      expiresAt: undefined,
      refreshAt: undefined
    }),
    rungs: rungs(change),
    files: [],
    ...more
  });
}
