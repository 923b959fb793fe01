import type { Fixer } from '../../protocol/fix';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';
import type { IOutage } from './store';

/** How long an answer to the click is shown before it becomes a fact with its time. */
export const FRESH_MS = 60_000;

/** The answer to "Copy request": what to do with what was copied. */
export function copiedFor(trans: Trans, fixer: string | null): string {
  switch (fixer as Fixer | null) {
    case 'network administrator':
      return trans.__('Copied. Send it to your network administrator.');
    case 'identity administrator':
      return trans.__('Copied. Send it to your identity administrator.');
    case 'platform team':
      return trans.__('Copied. Send it to your platform team.');
    case 'organization administrator':
      return trans.__('Copied. Send it to your organization administrator.');
    default:
      return trans.__('Copied. Send it to whoever can fix this.');
  }
}

/** Whether, when and for whom the request was copied; empty when it was not. */
export function askedText(trans: Trans, outage: IOutage | null, now: number): string {
  if (!outage?.askedAt) {
    return '';
  }
  return now - outage.askedAt < FRESH_MS
    ? copiedFor(trans, outage.who)
    : trans.__('The request was copied at %1.', clockTime(outage.askedAt, now));
}
