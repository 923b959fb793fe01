import type { Connection } from '../../protocol/connection';
import type { File } from '../../protocol/file';
import type { Rung } from '../../protocol/rung';
import type { FailureVerdict, Verdict } from '../../protocol/verdict';
import type { IServerProblem } from '../api/problem';
import { isRunning, rootOf, warningOf } from '../diagnosis/root-cause';
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
  | { readonly kind: 'connected' | 'renewing'; readonly connection: Connection }
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

/** What is in progress; null when nothing is. */
function inProgress(store: IStore): ViewState | null {
  const { busy, document } = store;
  const state = document?.connection?.state;
  if (busy?.shown) {
    switch (busy.verb) {
      case 'connect':
        return { kind: 'connecting', since: busy.since };
      case 'diagnose':
        return { kind: 'checking', since: busy.since };
      case 'disconnect':
        return { kind: 'disconnecting', since: busy.since };
      default:
    }
  }
  if (state === 'connecting') {
    return { kind: 'connecting', since: busy?.since ?? store.receivedAt };
  }
  if (state !== 'refreshing' && state !== 'connected' && isRunning(document)) {
    return { kind: 'checking', since: busy?.since ?? store.receivedAt };
  }
  return null;
}

function connected(store: IStore, connection: Connection): ViewState {
  const rung = rootOf(store.document);
  if (connection.state === 'refreshing' || (store.busy?.shown && store.busy.verb === 'refresh')) {
    return { kind: 'renewing', connection };
  }
  if (connection.state === 'expired') {
    return { kind: 'expired', connection, rung };
  }
  if (connection.trouble) {
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
  if (!document) {
    return { kind: 'loading' };
  }
  const progress = inProgress(store);
  if (progress) {
    return progress;
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
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
      return 'green';
    default:
      return 'none';
  }
}
