import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { CodeArtifactModel } from '../model/model';
import { CommandIDs } from '../tokens';
import { situationOf } from '../view/situation';
import type { Notice } from '../words/notice';
import { noticeOf } from '../words/notice';

/** A success passes by itself; a failure stays until it is read. Without autoClose a toast is never shown. */
const SUCCESS_MS = 5000;

interface Around {
  readonly model: CodeArtifactModel;
  readonly trans: TranslationBundle;
  readonly commands: CommandRegistry;
  /** Whether the panel is seen: then it tells everything itself. */
  readonly seen: () => boolean;
}

/** Toasts for those who do not look at the panel; one at a time, replaced by what comes next. */
export function showNotices(around: Around): void {
  const { model, trans, commands } = around;
  let before = situationOf(model.facts);
  let shown = '';
  const show = (notice: Notice): void => {
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
    const situation = situationOf(model.facts);
    const notice = noticeOf(trans, before, situation, model.facts, model.facts.receivedAt);
    before =
      situation.kind === 'connecting' || situation.kind === 'checking' || situation.kind === 'renewing'
        ? before
        : situation;
    if (notice && !around.seen()) {
      show(notice);
    }
  });
}
