import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { clockTime, span } from '../ui/time';
import type { Trans } from '../ui/trans';
import { said } from '../ui/trans';
import type { History, IHistoryEntry } from './history';
import type { CodeArtifactModel } from './model';
import { repairOf } from './repair';
import { statusMessage } from './status-message';
import type { IStore } from './store';
import type { ViewState } from './view-state';
import { viewStateOf } from './view-state';

/** Situations that last; those in between, such as connecting, are not recorded. */
const SETTLED: readonly ViewState['kind'][] = [
  'ready',
  'first-run',
  'connected',
  'ending',
  'warned',
  'shadowed',
  'in-kernel',
  'failing',
  'expired',
  'broken'
];

const isUp = (view: ViewState): boolean =>
  ['connected', 'ending', 'warned', 'shadowed', 'in-kernel', 'failing'].includes(view.kind);

const keyOf = (view: ViewState): string =>
  view.kind === 'broken' ? `broken ${view.verdict} ${view.rung?.id ?? ''}` : view.kind;

/** "Disconnected. Every file is as it was before Connect." without its first sentence, which the title repeats. */
const withoutFirst = (summary: string): string => summary.replace(/^[^.]*\.\s*/, '');

/** Records each settled situation that follows another one. The first one is not an event. */
export function recordHistory(model: CodeArtifactModel, history: History, trans: Trans): IDisposable {
  let last: ViewState | null = null;
  const onState = (): void => {
    const { store } = model;
    const view = viewStateOf(store);
    if (!SETTLED.includes(view.kind)) {
      return;
    }
    const before = last;
    last = view;
    const renewed = before !== null && isRenewal(before, view);
    if (before !== null && keyOf(before) === keyOf(view) && !renewed) {
      return;
    }
    const entry = before && entryOf(trans, before, view, renewed, store);
    if (entry) {
      history.add({ at: store.receivedAt, ...entry });
    }
  };
  model.stateChanged.connect(onState);
  return new DisposableDelegate(() => void model.stateChanged.disconnect(onState));
}

const isRenewal = (before: ViewState, after: ViewState): boolean =>
  isUp(before) &&
  isUp(after) &&
  'connection' in before &&
  'connection' in after &&
  before.connection?.expiresAt !== after.connection?.expiresAt;

function entryOf(
  trans: Trans,
  before: ViewState,
  after: ViewState,
  renewed: boolean,
  store: IStore
): Omit<IHistoryEntry, 'at'> | null {
  const repaired = {
    icon: 'ok',
    title: trans.__('Connection path restored'),
    detail: trans.__('after %1', span(trans, repairOf(store)?.after ?? 0))
  } as const;
  if (isUp(after) && after.kind !== 'failing') {
    const connection = 'connection' in after ? after.connection : null;
    if (before.kind === 'broken' && before.connection) {
      return store.repaired ? repaired : null;
    }
    if (renewed || before.kind === 'failing' || before.kind === 'expired') {
      const until = Date.parse(connection?.expiresAt ?? '');
      const valid = Number.isNaN(until) ? '' : trans.__('valid until %1', clockTime(until, store.receivedAt));
      return { icon: 'ok', title: trans.__('Renewed'), detail: valid };
    }
    const target = connection ? trans.__('%1 / %2', connection.domain, connection.repository) : '';
    return isUp(before) ? null : { icon: 'ok', title: trans.__('Connected'), detail: target };
  }
  if (after.kind === 'ready' || after.kind === 'first-run') {
    // Our lines were on the disk, whatever was wrong with the path.
    if ('connection' in before && before.connection) {
      return {
        icon: 'off',
        title: trans.__('Disconnected'),
        detail: withoutFirst(said(store.document?.summary ?? '', trans))
      };
    }
    return before.kind === 'broken' && store.repaired ? repaired : null;
  }
  const { icon, headline, who } = statusMessage(trans, after, store, store.receivedAt);
  const known = icon === 'timeout' || icon === 'denied' || icon === 'off';
  return { icon: known ? icon : 'error', title: headline, detail: who };
}
