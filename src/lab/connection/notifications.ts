import { Notification } from '@jupyterlab/apputils';
import type { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { CommandIDs } from '../tokens';
import type { Trans } from '../ui/trans';
import type { CodeArtifactModel } from './model';
import type { NotificationText } from './notification-text';
import { statusMessage } from './status-message';
import { notificationText } from './notification-text';
import { viewStateOf } from './view-state';

/** A success disappears by itself; a failure stays until it is closed. Without `autoClose` JupyterLab shows no toast. */
const SUCCESS_MS = 5000;

interface INotificationOptions {
  readonly model: CodeArtifactModel;
  readonly trans: Trans;
  readonly commands: CommandRegistry;
  /** Whether the panel is visible, which then shows everything itself. */
  readonly isVisible: () => boolean;
}

/** Toasts while the panel is not visible; each replaces the one before it. */
export function showNotifications(options: INotificationOptions): IDisposable {
  const { model, trans, commands, isVisible } = options;
  let before = viewStateOf(model.store);
  let shown = '';
  /** Whether the toast tells of what is under way. */
  let working = false;
  const action = (label: string, command: string): { label: string; callback: () => void } => ({
    label,
    callback: () => void commands.execute(command)
  });
  const dismiss = (): void => {
    if (shown && Notification.manager.has(shown)) {
      Notification.dismiss(shown);
    }
  };
  const show = (text: NotificationText): void => {
    const actions = [
      ...(text.renew ? [action(trans.__('Renew now'), CommandIDs.refresh)] : []),
      ...(text.type === 'success' ? [] : [action(trans.__('Show details'), CommandIDs.show)])
    ];
    const autoClose = text.type === 'success' ? SUCCESS_MS : false;
    dismiss();
    shown = Notification.emit(text.message, text.type, { autoClose, actions });
  };
  const onState = (): void => {
    const view = viewStateOf(model.store);
    if (view.kind === 'connecting') {
      if (!working && !isVisible() && model.store.busy?.byUser) {
        dismiss();
        const message = statusMessage(trans, view, model.store, model.store.now).spoken;
        const cancel = action(trans.__('Cancel'), CommandIDs.cancel);
        shown = Notification.emit(message, 'in-progress', { autoClose: false, actions: [cancel] });
        working = true;
      }
      return;
    }
    if (working) {
      working = false;
      dismiss();
    }
    const text = notificationText(trans, before, view, model.store, model.store.receivedAt);
    before =
      view.kind === 'checking' || view.kind === 'renewing' || view.kind === 'disconnecting' ? before : view;
    if (text && !isVisible()) {
      show(text);
    }
  };
  model.stateChanged.connect(onState);
  return new DisposableDelegate(() => void model.stateChanged.disconnect(onState));
}
