import { CHECK_IDS, type CheckId } from '../../protocol/rung';

/** One rung: what must be there before it starts, and what it only relies on while it works. */
export interface PlannedCheck {
  readonly id: CheckId;
  readonly title: string;
  /** Must have passed before it starts. */
  readonly needs: readonly CheckId[];
  /** Probes of the way it takes: it does not wait for them, but what breaks one of them explains its failure. */
  readonly probes: readonly CheckId[];
}

const API: readonly CheckId[] = ['dns.api', 'tcp.api', 'tls.api', 'http.api'];

const rung = (
  id: CheckId,
  title: string,
  needs: readonly CheckId[],
  probes: readonly CheckId[] = []
): PlannedCheck => ({ id, title, needs, probes });

/**
 * The ladder, in the order in which it is shown. Calls to AWS do not wait for the probes of their way: a healthy
 * Connect costs the calls alone, and a broken one is explained by the probe.
 */
const TABLE: readonly PlannedCheck[] = [
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

function shortened(check: PlannedCheck, { tokenAtHand, hostKnown, writes }: Shortcuts): PlannedCheck {
  switch (check.id) {
    case 'token':
      return tokenAtHand ? { ...check, needs: ['environment'], probes: [] } : check;
    case 'dns.repository':
      return hostKnown ? { ...check, needs: ['environment'] } : check;
    case 'tools':
      return writes
        ? { ...check, needs: ['index'] }
        : hostKnown
          ? { ...check, needs: ['environment'] }
          : check;
    default:
      return check;
  }
}

/** The rungs to climb, in ladder order; with `only`, that one and what it needs. */
export function planFor(shortcuts: Shortcuts, only?: CheckId): readonly PlannedCheck[] {
  const all = TABLE.map(check => shortened(check, shortcuts));
  if (only === undefined) {
    return all;
  }
  const wanted = new Set<CheckId>();
  const want = (id: CheckId): void => {
    wanted.add(id);
    all.find(check => check.id === id)?.needs.forEach(want);
  };
  want(only);
  return all
    .filter(check => wanted.has(check.id))
    .map(check => ({ ...check, probes: check.probes.filter(id => wanted.has(id)) }));
}

/** The ids and titles, for `diagnose --list`. */
export const CHECK_TITLES: Readonly<Record<CheckId, string>> = Object.fromEntries(
  CHECK_IDS.map(id => [id, TABLE.find(check => check.id === id)?.title ?? id])
) as Record<CheckId, string>;
