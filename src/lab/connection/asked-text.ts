import type { Fixer } from '../../protocol/fix';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';
import { targetOf } from './asked';
import type { IStore } from './store';

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

/** Whether, when and for whom the request for what is wrong now was copied; empty when it was not. */
export function askedText(trans: Trans, store: IStore, fixer: string | null, now: number): string {
  const { asked } = store;
  if (!asked || asked.who !== (fixer ?? '') || asked.target !== targetOf(store)) {
    return '';
  }
  return now - asked.at < FRESH_MS
    ? copiedFor(trans, fixer)
    : trans.__('The request was copied at %1.', clockTime(asked.at, now));
}
