import { CHECKS, type CheckId, NODES, type NodeId } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { type CheckVerdict, isUndecided, VERDICT } from '../../protocol/verdict';
import { isAdvisory, isFailure } from './root-cause';

export { NODES, type NodeId } from '../../protocol/checks';

/**
 * How long a hop may take until it counts as slow, and until two attempts have had no answer, in milliseconds
 * (design.md, "Time").
 */
export const SLOW_MS = 300;
export const NO_ANSWER_MS = 1300;

/** How a node is drawn. */
export type Mark = 'ok' | 'run' | 'skip' | 'warn' | 'timeout' | 'denied' | 'error';

export interface IPathNode {
  readonly id: NodeId;
  readonly mark: Mark;
  /** Whether it is the root cause, which alone has colour. */
  readonly root: boolean;
  /** The check that decides the mark; null before anything was checked. */
  readonly rung: Rung | null;
  /** The checks that are shown when the node is opened, in the order of the diagnosis. */
  readonly rungs: readonly Rung[];
  /** Milliseconds that the node's checks took; null when nothing was measured. */
  readonly ms: number | null;
}

/** A check that this version does not know is drawn at the beginning. */
export const nodeOfId = (id: CheckId): NodeId => CHECKS[id]?.node ?? 'notebook';

/** The node of a check: a refused token is IAM's answer, any other failure belongs to the token call. */
export const nodeOf = (rung: Rung): NodeId =>
  rung.id === 'token' && rung.verdict === 'access_denied' ? 'iam' : nodeOfId(rung.id);

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

/** A check that was not needed and that no other waits for, such as TLS with an emulator on plain http. */
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

/** IAM's answer is only known from the token call. */
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

/** The path to draw. `emphasised` is the root cause, or the warning when nothing is broken. */
export function pathOf(rungs: readonly Rung[], emphasised: Rung | null): IPathNode[] {
  const token = rungs.find(rung => rung.id === 'token');
  return oneRunning(
    NODES.map((id): IPathNode => {
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
        rung === null || waits
          ? 'skip'
          : rung.verdict === 'ok' && (root || rung.warning)
            ? 'warn'
            : markOf(rung.verdict);
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

/** The engine checks several hops at once; only the first of them is drawn as running. */
function oneRunning(path: IPathNode[]): IPathNode[] {
  const first = path.findIndex(node => node.mark === 'run');
  return path.map((node, index) => (node.mark === 'run' && index > first ? { ...node, mark: 'skip' } : node));
}
