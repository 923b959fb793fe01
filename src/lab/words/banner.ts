import type { Facts } from '../view/facts';
import type { Situation } from '../view/situation';
import type { HeadIcon } from './telling';
import { tell } from './telling';
import { ago } from './time';
import type { Trans } from './trans';

/** Beside a cell that logs in by itself. */
export const loginBanner = (trans: Trans): string =>
  trans.__('Connect from the panel instead. It keeps the token out of the notebook.');

/** Under an output in which pip found nothing: why, when the connection is why; else null. */
export function whyBanner(
  trans: Trans,
  situation: Situation,
  facts: Facts,
  now: number
): { text: string; icon: HeadIcon } | null {
  switch (situation.kind) {
    case 'expired': {
      const ended = Date.parse(situation.connection.expiresAt ?? '');
      return {
        icon: 'timeout',
        text: Number.isNaN(ended)
          ? trans.__('The token has expired, so pip found nothing.')
          : trans.__('The token expired %1, so pip found nothing.', ago(trans, now - ended))
      };
    }
    case 'broken': {
      if (!situation.connection) {
        return null;
      }
      const { headline, icon } = tell(trans, situation, facts, now);
      return { icon, text: trans.__('%1, so pip found nothing.', headline) };
    }
    case 'shadowed':
    case 'in-kernel':
      return { icon: 'warn', text: trans.__('pip does not use the repository here, so it found nothing.') };
    default:
      return null;
  }
}
