import type { Store } from '../connection/store';
import type { ViewState } from '../connection/view-state';
import type { HeadIcon } from '../connection/status-message';
import { statusMessage } from '../connection/status-message';
import { ago } from '../ui/time';
import type { Trans } from '../ui/trans';

/** Beside a cell that logs in by itself. */
export const loginBanner = (trans: Trans): string =>
  trans.__('Connect from the panel instead. It keeps the token out of the notebook.');

/** Under an output in which pip found nothing: why, when the connection is why; else null. */
export function whyBanner(
  trans: Trans,
  view: ViewState,
  store: Store,
  now: number
): { text: string; icon: HeadIcon } | null {
  switch (view.kind) {
    case 'expired': {
      const ended = Date.parse(view.connection.expiresAt ?? '');
      return {
        icon: 'timeout',
        text: Number.isNaN(ended)
          ? trans.__('The token has expired, so pip found nothing.')
          : trans.__('The token expired %1, so pip found nothing.', ago(trans, now - ended))
      };
    }
    case 'broken': {
      if (!view.connection) {
        return null;
      }
      const { headline, icon } = statusMessage(trans, view, store, now);
      return { icon, text: trans.__('%1, so pip found nothing.', headline) };
    }
    case 'shadowed':
    case 'in-kernel':
      return { icon: 'warn', text: trans.__('pip does not use the repository here, so it found nothing.') };
    default:
      return null;
  }
}
