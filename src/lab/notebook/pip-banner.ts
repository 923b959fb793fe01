import type { ICodeCellModel } from '@jupyterlab/cells';
import { statusMessage } from '../connection/status-message';
import type { IStore } from '../connection/store';
import type { ViewState } from '../connection/view-state';
import type { VerdictIconName } from '../ui/icon';
import { ago } from '../ui/time';
import type { Trans } from '../ui/trans';

/** What pip prints when its index has no match, which is also what it prints when the token has expired. */
const NOTHING_FOUND = /No matching distribution found for|Could not find a version that satisfies/;

/** Whether an output of the cell says that pip found nothing. */
export function pipFoundNothing(model: ICodeCellModel): boolean {
  for (let index = model.outputs.length - 1; index >= 0; index--) {
    const output = model.outputs.get(index);
    const text: unknown =
      output.type === 'stream' ? (output.toJSON() as { text?: unknown }).text : output.data['text/plain'];
    const lines = Array.isArray(text) ? text.join('') : text;
    if (typeof lines === 'string' && NOTHING_FOUND.test(lines)) {
      return true;
    }
  }
  return false;
}

/** Why pip found nothing, when the connection is the reason; otherwise null. */
export function pipBanner(
  trans: Trans,
  view: ViewState,
  store: IStore,
  now: number
): { text: string; icon: VerdictIconName } | null {
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
