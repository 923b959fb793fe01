import { blockedBy, statusMessage } from '../connection/status-message';
import type { IStore } from '../connection/store';
import type { ViewState } from '../connection/view-state';
import type { VerdictIconName } from '../ui/icon';
import { ago } from '../ui/time';
import type { Trans } from '../ui/trans';
import type { PipFailure } from './pip-output';

/** One line under a cell whose installation failed. */
export interface IPipAnswer {
  readonly text: string;
  readonly icon: VerdictIconName;
  /** What helps beside "Why?". */
  readonly action: 'renew' | 'request' | null;
}

function because(trans: Trans, kind: PipFailure, why: string): string {
  switch (kind) {
    case 'nothing':
    case 'cut':
      return trans.__('%1, so pip found nothing.', why);
    case 'refused':
      return trans.__('%1, so the index refused pip.', why);
    case 'silent':
      return trans.__('%1, so pip waits for an answer.', why);
  }
}

/** Why an installation failed, when the connection is the reason; otherwise null. */
export function pipBanner(
  trans: Trans,
  view: ViewState,
  store: IStore,
  kind: PipFailure,
  now: number
): IPipAnswer | null {
  switch (view.kind) {
    case 'expired': {
      const ended = Date.parse(view.connection.expiresAt ?? '');
      const why = Number.isNaN(ended)
        ? trans.__('The token has expired')
        : trans.__('The token expired %1', ago(trans, now - ended));
      const canRenew = !view.connection.trouble && !blockedBy(view);
      return { icon: 'timeout', text: because(trans, kind, why), action: canRenew ? 'renew' : 'request' };
    }
    case 'broken': {
      if (!view.connection) {
        return null;
      }
      const { headline, icon, fixer } = statusMessage(trans, view, store, now);
      const canAsk = fixer !== null && fixer !== 'you' && fixer !== 'AWS';
      return { icon, text: because(trans, kind, headline), action: canAsk ? 'request' : null };
    }
    case 'shadowed':
    case 'in-kernel':
      return {
        icon: 'warn',
        text: trans.__('pip does not use the repository here, so it found nothing.'),
        action: null
      };
    default:
      return null;
  }
}

/** The answer when the check after the failure found nothing wrong. */
export function fineBanner(trans: Trans, view: ViewState, kind: PipFailure): IPipAnswer | null {
  if (view.kind !== 'connected' && view.kind !== 'ending' && view.kind !== 'warned') {
    return null;
  }
  const { repository } = view.connection;
  return {
    icon: kind === 'cut' ? 'warn' : 'ok',
    action: null,
    text:
      kind === 'nothing'
        ? trans.__('Checked just now: the connection is OK. %1 has no such package or version.', repository)
        : kind === 'cut'
          ? trans.__('The server reaches the index. In this kernel a proxy or its certificate stopped pip.')
          : trans.__('Checked just now: the connection is OK now. Run the cell again.')
  };
}
