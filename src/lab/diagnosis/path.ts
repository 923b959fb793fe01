import type { Document } from '../../protocol/document';
import { CHECKS, type CheckId, NODES, type NodeId } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { type CheckVerdict, isFailureVerdict, isUndecided, VERDICT } from '../../protocol/verdict';

export { NODES, type NodeId } from '../../protocol/checks';

/** How a node is drawn. */
export type Mark = 'ok' | 'run' | 'skip' | 'warn' | 'timeout' | 'denied' | 'error';

export interface PathNode {
  readonly id: NodeId;
  readonly mark: Mark;
  /** The one loud node. */
  readonly root: boolean;
  /** The rung that decides the mark; null before anything was checked. */
  readonly rung: Rung | null;
  /** What is shown on opening, in ladder order. */
  readonly rungs: readonly Rung[];
  /** Measured milliseconds of the node's rungs; null when there is nothing to tell. */
  readonly ms: number | null;
}

/** A check that this version does not know is drawn at the beginning. */
export const nodeOfId = (id: CheckId): NodeId => CHECKS[id]?.node ?? 'notebook';

/** Where a rung stands: a refused token is IAM's answer, any other failure the token call's own. */
export const nodeOf = (rung: Rung): NodeId =>
  rung.id === 'token' && rung.verdict === 'access_denied' ? 'iam' : nodeOfId(rung.id);

const isAdvisory = (rung: Rung): boolean => CHECKS[rung.id]?.advisory === true;

export const isFailure = (rung: Rung): boolean => isFailureVerdict(rung.verdict) && !isAdvisory(rung);

export const isRunning = (document: Document | null): boolean =>
  document?.rungs.some(rung => rung.verdict === 'running') ?? false;

/** The one rung to speak about: the first that failed with the document's own verdict, else the first that failed. */
export function rootOf(document: Document | null): Rung | null {
  const failed = document?.rungs.filter(isFailure) ?? [];
  return failed.find(rung => rung.verdict === document?.verdict) ?? failed[0] ?? null;
}

/** The first rung that works, but with something to say. */
export const warningOf = (document: Document | null): Rung | null =>
  document?.rungs.find(rung => rung.verdict === 'ok' && rung.warning && !isAdvisory(rung)) ?? null;

/** The one rung to draw in colour: the root cause, else the warning; none when it only has to be waited for. */
export function emphasisedOf(document: Document | null): Rung | null {
  const root = rootOf(document);
  return root === null
    ? warningOf(document)
    : isFailureVerdict(root.verdict) && VERDICT[root.verdict].colour === 'muted'
      ? null
      : root;
}

function markOf(verdict: CheckVerdict): Mark {
  if (verdict === 'running') {
    return 'run';
  }
  if (isUndecided(verdict)) {
    return 'skip';
  }
  const { icon } = VERDICT[verdict];
  return icon === 'wait' || icon === 'off' ? 'skip' : icon;
}

/** A rung that nothing waits for and that was not needed, such as TLS on a plain loopback emulator. */
const unneeded = (rung: Rung): boolean => isAdvisory(rung) || (rung.verdict === 'skipped' && !rung.because);

function deciding(rungs: readonly Rung[], emphasised: Rung | null): Rung | null {
  const needed = rungs.filter(rung => !unneeded(rung));
  return (
    needed.find(rung => rung === emphasised) ??
    needed.find(isFailure) ??
    needed.find(rung => rung.verdict === 'running') ??
    needed.find(rung => rung.verdict !== 'ok') ??
    needed.find(rung => rung.warning) ??
    needed[0] ??
    rungs[0] ??
    null
  );
}

/** What IAM says can only be read off the token call's answer. */
function iamMark(token: Rung | undefined): Mark {
  switch (token?.verdict) {
    case undefined:
    case 'waiting':
    case 'skipped':
    case 'timeout':
    case 'cancelled':
      return 'skip';
    case 'running':
      return 'run';
    case 'access_denied':
      return 'denied';
    default:
      return 'ok';
  }
}

/** The path to draw. `loud` is the root cause, or the warning when nothing is broken. */
export function pathOf(rungs: readonly Rung[], emphasised: Rung | null): PathNode[] {
  const token = rungs.find(rung => rung.id === 'token');
  return oneArc(
    NODES.map((id): PathNode => {
      if (id === 'iam') {
        const denied = token?.verdict === 'access_denied';
        const root = denied && token === emphasised;
        return {
          id,
          mark: iamMark(token),
          root,
          rung: token ?? null,
          rungs: denied ? [token] : [],
          ms: null
        };
      }
      const own = rungs.filter(rung => nodeOfId(rung.id) === id);
      const rung = deciding(own, emphasised);
      const root = rung !== null && rung === emphasised && nodeOf(rung) === id;
      const waits = id === 'token' && (rung?.verdict === 'running' || rung?.verdict === 'access_denied');
      const mark =
        rung === null || waits ? 'skip' : root && rung.verdict === 'ok' ? 'warn' : markOf(rung.verdict);
      const measured = own.filter(
        item => item.verdict !== 'skipped' && item.verdict !== 'waiting' && !isAdvisory(item)
      );
      const ms =
        id === 'notebook' || waits || !measured.length
          ? null
          : measured.reduce((sum, item) => sum + item.ms, 0);
      return { id, mark, root, rung, rungs: waits ? [] : own, ms };
    })
  );
}

/** The engine looks at several hops at once; the eye follows the first of them. */
function oneArc(path: PathNode[]): PathNode[] {
  const first = path.findIndex(node => node.mark === 'run');
  return path.map((node, index) => (node.mark === 'run' && index > first ? { ...node, mark: 'skip' } : node));
}
