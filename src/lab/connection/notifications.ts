import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { CodeArtifactModel } from './model';
import { CommandIDs } from '../tokens';
import { viewStateOf } from './view-state';
import type { NotificationText } from './notification-text';
import { notificationText } from './notification-text';

/** A success passes by itself; a failure stays until it is read. Without autoClose a toast is never shown. */
const SUCCESS_MS = 5000;

interface NotificationOptions {
  readonly model: CodeArtifactModel;
  readonly trans: TranslationBundle;
  readonly commands: CommandRegistry;
  /** Whether the panel is seen: then it tells everything itself. */
  readonly seen: () => boolean;
}

/** Toasts for those who do not look at the panel; one at a time, replaced by what comes next. */
export function showNotifications(around: NotificationOptions): void {
  const { model, trans, commands } = around;
  let before = viewStateOf(model.store);
  let shown = '';
  const show = (notice: NotificationText): void => {
    const actions = [
      ...(notice.renew ? [{ label: trans.__('Renew now'), callback: () => void model.refresh() }] : []),
      ...(notice.type === 'success'
        ? []
        : [{ label: trans.__('Show details'), callback: () => void commands.execute(CommandIDs.show) }])
    ];
    const autoClose = notice.type === 'success' ? SUCCESS_MS : false;
    if (shown && Notification.manager.has(shown)) {
      Notification.dismiss(shown);
    }
    shown = Notification.emit(notice.message, notice.type, { autoClose, actions });
  };
  model.stateChanged.connect(() => {
    const view = viewStateOf(model.store);
    const notice = notificationText(trans, before, view, model.store, model.store.receivedAt);
    before =
      view.kind === 'connecting' || view.kind === 'checking' || view.kind === 'renewing' ? before : view;
    if (notice && !around.seen()) {
      show(notice);
    }
  });
}
