import { RUNG_IDS, type RungId } from '../../../protocol/rung';

/** One rung: what must be there before it starts, and what it only relies on while it works. */
export interface Planned {
  readonly id: RungId;
  readonly title: string;
  /** Must have passed before it starts. */
  readonly needs: readonly RungId[];
  /** Probes of the way it takes: it does not wait for them, but what breaks one of them explains its failure. */
  readonly watches: readonly RungId[];
}

const API: readonly RungId[] = ['dns.api', 'tcp.api', 'tls.api', 'http.api'];

const rung = (
  id: RungId,
  title: string,
  needs: readonly RungId[],
  watches: readonly RungId[] = []
): Planned => ({ id, title, needs, watches });

/**
 * The ladder, in the order in which it is shown. Calls to AWS do not wait for the probes of their way: a healthy
 * Connect costs the calls alone, and a broken one is explained by the probe.
 */
const TABLE: readonly Planned[] = [
  rung('environment', 'Notebook', []),
  rung('credentials', 'AWS credentials', ['environment']),
  rung('dns.api', 'Name of the API endpoint', ['environment']),
  rung('tcp.api', 'Connection to the API endpoint', ['dns.api']),
  rung('tls.api', 'Certificate of the API endpoint', ['tcp.api']),
  rung('http.api', 'Answer of the API endpoint', ['tls.api']),
  rung('token', 'Authorization token', ['credentials'], API),
  rung('endpoint', 'Repository endpoint', ['credentials'], API),
  rung('dns.repository', 'Name of the repository endpoint', ['endpoint']),
  rung('tcp.repository', 'Connection to the repository endpoint', ['dns.repository']),
  rung('tls.repository', 'Certificate of the repository endpoint', ['tcp.repository']),
  rung('index', 'Package index', ['token', 'endpoint', 'tcp.repository'], ['tls.repository']),
  rung('tools', 'Package tools', ['endpoint']),
  rung('s3', 'Amazon S3', [])
];

/** What shortens the way this time. */
export interface Shortcuts {
  /** A live token is at hand: nobody has to ask for one. */
  readonly tokenAtHand: boolean;
  /** The repository endpoint's host is known without asking. */
  readonly hostKnown: boolean;
  /** Connect writes the tools' files on top, once everything below holds. */
  readonly writes: boolean;
}

function shortened(planned: Planned, { tokenAtHand, hostKnown, writes }: Shortcuts): Planned {
  switch (planned.id) {
    case 'token':
      return tokenAtHand ? { ...planned, needs: ['environment'], watches: [] } : planned;
    case 'dns.repository':
      return hostKnown ? { ...planned, needs: ['environment'] } : planned;
    case 'tools':
      return writes
        ? { ...planned, needs: ['index'] }
        : hostKnown
          ? { ...planned, needs: ['environment'] }
          : planned;
    default:
      return planned;
  }
}

/** The rungs to climb, in ladder order; with `only`, that one and what it needs. */
export function planFor(shortcuts: Shortcuts, only?: RungId): readonly Planned[] {
  const all = TABLE.map(planned => shortened(planned, shortcuts));
  if (only === undefined) {
    return all;
  }
  const wanted = new Set<RungId>();
  const want = (id: RungId): void => {
    wanted.add(id);
    all.find(planned => planned.id === id)?.needs.forEach(want);
  };
  want(only);
  return all
    .filter(planned => wanted.has(planned.id))
    .map(planned => ({ ...planned, watches: planned.watches.filter(id => wanted.has(id)) }));
}

/** The ids and titles, for `diagnose --list`. */
export const RUNG_TITLES: Readonly<Record<RungId, string>> = Object.fromEntries(
  RUNG_IDS.map(id => [id, TABLE.find(planned => planned.id === id)?.title ?? id])
) as Record<RungId, string>;
