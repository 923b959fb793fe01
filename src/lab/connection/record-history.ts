import type { TranslationBundle } from '@jupyterlab/translation';
import type { History, HistoryEntry } from './history';
import type { CodeArtifactModel } from './model';
import type { ViewState } from './view-state';
import { viewStateOf } from './view-state';
import { statusMessage } from './status-message';
import { clockTime, span } from '../ui/time';

const SETTLED: readonly ViewState['kind'][] = [
  'ready',
  'first-run',
  'connected',
  'warned',
  'shadowed',
  'in-kernel',
  'failing',
  'expired',
  'broken'
];

const isUp = (view: ViewState): boolean =>
  ['connected', 'warned', 'shadowed', 'in-kernel', 'failing'].includes(view.kind);

const keyOf = (view: ViewState): string =>
  view.kind === 'broken' ? `broken ${view.verdict} ${view.rung?.id ?? ''}` : view.kind;

/** "Disconnected. pip's configuration is as it was before." without what the title says already. */
const afterFirst = (summary: string): string => summary.replace(/^[^.]*\.\s*/, '');

/** Writes down what happens: each settled situation that follows another one. Nothing is written at the start. */
export function recordHistory(model: CodeArtifactModel, history: History, trans: TranslationBundle): void {
  let last: ViewState | null = null;
  let since = 0;
  model.stateChanged.connect(() => {
    const { store } = model;
    const view = viewStateOf(store);
    if (!SETTLED.includes(view.kind)) {
      return;
    }
    const before = last;
    const now = store.receivedAt;
    const renewed =
      before !== null &&
      isUp(before) &&
      isUp(view) &&
      'connection' in before &&
      'connection' in view &&
      before.connection?.expiresAt !== view.connection?.expiresAt;
    if (before !== null && keyOf(before) === keyOf(view) && !renewed) {
      last = view;
      return;
    }
    last = view;
    if (before !== null) {
      const entry = entryOf(before, view, renewed, now - since);
      if (entry) {
        history.add({ at: now, ...entry });
      }
    }
    since = now;
  });

  function entryOf(
    before: ViewState,
    after: ViewState,
    renewed: boolean,
    lasted: number
  ): Omit<HistoryEntry, 'at'> | null {
    const message = statusMessage(trans, after, model.store, model.store.receivedAt);
    const until =
      'connection' in after && after.connection?.expiresAt ? Date.parse(after.connection.expiresAt) : NaN;
    const valid = Number.isNaN(until)
      ? ''
      : trans.__('valid until %1', clockTime(until, model.store.receivedAt));
    if (isUp(after) && after.kind !== 'failing') {
      if (before.kind === 'broken' && before.connection) {
        return {
          icon: 'ok',
          title: trans.__('Connection path restored'),
          detail: trans.__('after %1', span(trans, lasted))
        };
      }
      if (renewed || before.kind === 'failing' || before.kind === 'expired') {
        return { icon: 'ok', title: trans.__('Renewed'), detail: valid };
      }
      const connection = 'connection' in after ? after.connection : null;
      const target = connection ? trans.__('%1 / %2', connection.domain, connection.repository) : '';
      return isUp(before) ? null : { icon: 'ok', title: trans.__('Connected'), detail: target };
    }
    if (after.kind === 'ready' || after.kind === 'first-run') {
      if (isUp(before) || before.kind === 'expired') {
        return {
          icon: 'off',
          title: trans.__('Disconnected'),
          detail: afterFirst(model.document?.summary ?? '')
        };
      }
      return before.kind === 'broken'
        ? {
            icon: 'ok',
            title: trans.__('Connection path restored'),
            detail: trans.__('after %1', span(trans, lasted))
          }
        : null;
    }
    const icon =
      message.icon === 'timeout' || message.icon === 'denied' || message.icon === 'off'
        ? message.icon
        : 'error';
    return { icon, title: message.headline, detail: '' };
  }
}
