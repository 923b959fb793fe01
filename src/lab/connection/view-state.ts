import type { Connection } from '../../protocol/connection';
import type { File } from '../../protocol/file';
import type { Rung } from '../../protocol/rung';
import type { FailureVerdict, Verdict } from '../../protocol/verdict';
import type { IServerProblem } from '../api/problem';
import { pipIsBroken, rootOf, warningOf } from '../diagnosis/root-cause';
import type { IKernelShadow } from '../kernel/kernel-code';
import type { IOffer } from '../settings/instructions';
import { retryOf } from '../../protocol/retry';
import type { IStore } from './store';

/** The situation that the panel describes. It is derived from the store each time, so it cannot contradict it. */
export type ViewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'degraded'; readonly problem: IServerProblem; readonly connection: Connection | null }
  | { readonly kind: 'first-run' }
  | { readonly kind: 'offered'; readonly offer: IOffer }
  | { readonly kind: 'ready' }
  | { readonly kind: 'connecting' | 'checking' | 'disconnecting'; readonly since: number }
  | { readonly kind: 'connected' | 'renewing' | 'ending'; readonly connection: Connection }
  | { readonly kind: 'warned'; readonly connection: Connection; readonly rung: Rung }
  | { readonly kind: 'shadowed'; readonly connection: Connection; readonly file: File }
  | { readonly kind: 'in-kernel'; readonly connection: Connection; readonly shadow: IKernelShadow }
  | { readonly kind: 'failing' | 'expired'; readonly connection: Connection; readonly rung: Rung | null }
  | {
      readonly kind: 'broken';
      readonly verdict: FailureVerdict;
      readonly rung: Rung | null;
      /** The connection that still works, if there is one. */
      readonly connection: Connection | null;
    };

const connectionOf = (store: IStore): Connection | null => {
  const connection = store.document?.connection ?? null;
  return connection && ['connected', 'refreshing', 'expired'].includes(connection.state) ? connection : null;
};

const chosen = (store: IStore): boolean =>
  Boolean(store.settings?.domain && store.settings.repository) ||
  Boolean(store.document?.connection?.repository);

/** How long before its end a token that is not renewed is told as ending. */
export const ENDING_MS = 30 * 60_000;

/** Whether something is known that holds until there is something new. */
const hasVerdict = (store: IStore): boolean =>
  store.document !== null &&
  (store.document.verdict !== 'ok' || store.document.rungs.length > 0 || connectionOf(store) !== null);

/** What is in progress and is told in place of a verdict; null when nothing is, or when there is a verdict. */
function inProgress(store: IStore): ViewState | null {
  const { busy, live } = store;
  if (busy?.byUser && busy.shown && (busy.verb === 'connect' || busy.verb === 'disconnect')) {
    return { kind: busy.verb === 'connect' ? 'connecting' : 'disconnecting', since: busy.since };
  }
  if (hasVerdict(store) || (busy && !busy.shown)) {
    return null;
  }
  const since = busy?.since ?? store.receivedAt;
  const connection = live?.connection;
  if (connection?.state === 'connecting') {
    return { kind: 'connecting', since };
  }
  if (connection?.state === 'refreshing') {
    return { kind: 'renewing', connection };
  }
  return live || busy?.verb === 'diagnose' ? { kind: 'checking', since } : null;
}

const isRenewing = ({ busy, live }: IStore): boolean =>
  Boolean(busy?.byUser && busy.shown && busy.verb === 'refresh') || live?.connection?.state === 'refreshing';

function connected(store: IStore, connection: Connection): ViewState {
  const view = resting(store, connection);
  // A renewal that nobody clicked does not hide what is wrong.
  const isShown = store.busy?.byUser || ['connected', 'ending', 'warned'].includes(view.kind);
  return isShown && isRenewing(store) ? { kind: 'renewing', connection } : view;
}

function resting(store: IStore, connection: Connection): ViewState {
  const rung = rootOf(store.document);
  if (connection.state === 'expired') {
    return { kind: 'expired', connection, rung };
  }
  // A renewal that fails is the lesser evil.
  if (connection.trouble && !pipIsBroken(store.document)) {
    return { kind: 'failing', connection, rung };
  }
  const file = store.document?.files.find(item => item.shadowedBy.length > 0 && !item.effective);
  if (file && rung?.evidence.cause === 'tool_shadowed') {
    return { kind: 'shadowed', connection, file };
  }
  const verdict: Verdict = store.document?.verdict ?? 'ok';
  if (verdict !== 'ok' && verdict !== 'cancelled') {
    return { kind: 'broken', verdict, rung, connection };
  }
  if (!connection.refreshAt && Date.parse(connection.expiresAt ?? '') - store.now <= ENDING_MS) {
    return { kind: 'ending', connection };
  }
  const warning = warningOf(store.document);
  if (warning) {
    return { kind: 'warned', connection, rung: warning };
  }
  if (file) {
    return { kind: 'shadowed', connection, file };
  }
  const [shadow] = store.shadows;
  return shadow ? { kind: 'in-kernel', connection, shadow } : { kind: 'connected', connection };
}

/** Verdicts that mean "nothing was chosen yet" when no repository is set. */
const UNSET: readonly Verdict[] = ['ok', 'invalid_settings', 'cancelled'];

export function viewStateOf(store: IStore): ViewState {
  const { document, problem } = store;
  if (problem && (problem.kind !== 'unreachable' || !document)) {
    return { kind: 'degraded', problem, connection: connectionOf(store) };
  }
  const progress = inProgress(store);
  if (progress) {
    return progress;
  }
  if (!document) {
    return { kind: 'loading' };
  }
  const connection = connectionOf(store);
  if (connection) {
    return connected(store, connection);
  }
  if (!chosen(store) && UNSET.includes(document.verdict)) {
    return store.offer ? { kind: 'offered', offer: store.offer } : { kind: 'first-run' };
  }
  if (document.verdict !== 'ok') {
    return { kind: 'broken', verdict: document.verdict, rung: rootOf(document), connection: null };
  }
  return { kind: 'ready' };
}

/** What distinguishes one situation from another: the same one is not told twice. */
export function situationOf(store: IStore): string {
  const view = viewStateOf(store);
  const rung = 'rung' in view ? view.rung : null;
  return [view.kind, rung?.id, rung?.verdict, 'problem' in view && view.problem.kind].join(' ');
}

/** The colour of the path, which decides when it is checked again. */
export function colourOf(view: ViewState): 'red' | 'green' | 'none' {
  switch (view.kind) {
    case 'broken':
      // Checking again does not mend what only a person can; a throttled call is repeated by the engine.
      return ['never', 'retry_after'].includes(retryOf(view.verdict, view.rung?.evidence.cause))
        ? 'none'
        : 'red';
    case 'failing':
    case 'expired':
      return 'red';
    case 'connected':
    case 'ending':
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
      return 'green';
    default:
      return 'none';
  }
}
