import type { IStore as Store } from './store';
import type { ViewState } from './view-state';
import { repairOf } from './repair';
import { statusMessage, whyNot } from './status-message';
import { clockTime, span } from '../ui/time';
import type { Trans } from '../ui/trans';
import { plain, said } from '../ui/trans';

/** A toast: at most 140 characters are shown of it (JupyterLab cuts the rest). */
export interface NotificationText {
  readonly type: 'success' | 'warning' | 'error';
  readonly message: string;
  /** Whether renewing is the next step. */
  readonly renew?: boolean;
}

/** What JupyterLab shows of a toast. */
const LONGEST = 140;

const until = (view: ViewState): number =>
  'connection' in view && view.connection?.expiresAt ? Date.parse(view.connection.expiresAt) : NaN;

const UP: readonly ViewState['kind'][] = ['connected', 'ending', 'warned', 'shadowed', 'in-kernel'];
const RED: readonly ViewState['kind'][] = ['broken', 'failing', 'expired'];

/** What is worth a toast when one settled situation follows another; null: nothing. */
export function notificationText(
  trans: Trans,
  before: ViewState,
  after: ViewState,
  store: Store,
  now: number
): NotificationText | null {
  if (before.kind === 'loading' || (before.kind === after.kind && after.kind !== 'broken')) {
    return null;
  }
  const message = statusMessage(trans, after, store, now);
  const repair = repairOf(store);
  const end = until(after);
  const time = Number.isNaN(end) ? '' : clockTime(end, now);
  switch (after.kind) {
    case 'ending':
      return {
        type: 'warning',
        message: trans.__('The token expires at %1 and does not renew automatically.', time),
        renew: true
      };
    case 'connected':
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
      if (UP.includes(before.kind) || !time) {
        return null;
      }
      return store.repaired && repair
        ? {
            type: 'success',
            message: trans.__('Fixed after %1. pip is ready until %2.', span(trans, repair.after), time)
          }
        : RED.includes(before.kind) && 'connection' in before && before.connection
          ? { type: 'success', message: trans.__('pip is ready again, until %1.', time) }
          : {
              type: 'success',
              message: trans.__('Connected to %1. pip is ready until %2.', after.connection.repository, time)
            };
    case 'broken':
      if (after.verdict === 'cancelled' || after.verdict === 'throttled') {
        return null;
      }
      if (
        before.kind === 'broken' &&
        before.verdict === after.verdict &&
        before.rung?.id === after.rung?.id
      ) {
        return null;
      }
      return {
        type: 'error',
        message: message.who
          ? trans.__('%1. %2', message.headline, message.who)
          : trans.__('%1.', message.headline)
      };
    case 'failing': {
      const why = plain(whyNot(trans, after.connection, after.rung));
      const left = span(trans, end - now);
      const whole = trans.__('Renewal failed: %1. The token stays valid for %2.', why, left);
      return {
        type: 'warning',
        message:
          whole.length <= LONGEST ? whole : trans.__('Renewal failed. The token stays valid for %1.', left)
      };
    }
    case 'expired':
      return {
        type: 'error',
        message: trans.__('Token expired at %1. pip cannot install until it is renewed.', time),
        renew: true
      };
    case 'ready':
      return UP.includes(before.kind)
        ? {
            type: 'success',
            message:
              said(store.document?.summary ?? '', trans) ||
              trans.__('Disconnected. Every file is as it was before Connect.')
          }
        : null;
    default:
      return null;
  }
}
