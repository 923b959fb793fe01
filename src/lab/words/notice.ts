import type { Facts } from '../view/facts';
import type { Situation } from '../view/situation';
import { tell, whyNot } from './telling';
import { clockTime, span } from './time';
import type { Trans } from './trans';
import { plain } from './trans';

/** A toast: at most 140 characters are shown of it (JupyterLab cuts the rest). */
export interface Notice {
  readonly type: 'success' | 'warning' | 'error';
  readonly message: string;
  /** Whether renewing is the next step. */
  readonly renew?: boolean;
}

/** What JupyterLab shows of a toast. */
const LONGEST = 140;

const until = (situation: Situation): number =>
  'connection' in situation && situation.connection?.expiresAt
    ? Date.parse(situation.connection.expiresAt)
    : NaN;

const UP: readonly Situation['kind'][] = ['connected', 'warned', 'shadowed', 'in-kernel'];
const RED: readonly Situation['kind'][] = ['broken', 'failing', 'expired'];

/** What is worth a toast when one settled situation follows another; null: nothing. */
export function noticeOf(
  trans: Trans,
  before: Situation,
  after: Situation,
  facts: Facts,
  now: number
): Notice | null {
  if (before.kind === 'loading' || (before.kind === after.kind && after.kind !== 'broken')) {
    return null;
  }
  const telling = tell(trans, after, facts, now);
  const end = until(after);
  const time = Number.isNaN(end) ? '' : clockTime(end, now);
  switch (after.kind) {
    case 'connected':
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
      if (UP.includes(before.kind) || !time) {
        return null;
      }
      return RED.includes(before.kind) && 'connection' in before && before.connection
        ? { type: 'success', message: trans.__('The path is whole again. pip is ready until %1.', time) }
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
        message: telling.who
          ? trans.__('%1. %2', telling.headline, telling.who)
          : trans.__('%1.', telling.headline)
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
              facts.document?.summary || trans.__('Disconnected. pip’s configuration is as it was before.')
          }
        : null;
    default:
      return null;
  }
}
