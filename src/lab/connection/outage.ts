import type { Verb } from '../api/client';
import type { IStore } from './store';
import type { ViewState } from './view-state';
import { viewStateOf } from './view-state';

/** Something is broken that somebody has to mend, or that mends itself. */
const isBroken = (view: ViewState): boolean =>
  view.kind === 'failing' ||
  (view.kind === 'expired' && view.connection.trouble !== undefined) ||
  (view.kind === 'broken' && !['cancelled', 'throttled', 'invalid_settings'].includes(view.verdict));

/**
 * What an answer makes of the outage. It ends as repaired only when a check of the path passed after it: when
 * something was disconnected, or when nothing was checked, nobody can say so.
 */
export function outageAfter(
  before: IStore,
  after: IStore,
  verb: Verb | undefined
): Pick<IStore, 'outage' | 'fixed'> {
  const { outage } = before;
  if (isBroken(viewStateOf(after))) {
    // The engine checks also while no page is open; but it may have been started anew meanwhile.
    const told = Date.parse(after.document?.outage?.since ?? '');
    const known = outage?.since ?? after.now;
    const since = Number.isNaN(told) ? known : Math.min(told, known);
    return { outage: { askedAt: null, who: '', ...outage, since }, fixed: null };
  }
  const checked =
    after.document?.verdict === 'ok' && after.document.rungs.some(rung => rung.verdict === 'ok');
  if (verb === 'disconnect' || !after.document?.rungs.length) {
    return { outage: null, fixed: null };
  }
  return outage && checked
    ? { outage: null, fixed: { at: after.now, after: after.now - outage.since } }
    : { outage, fixed: before.fixed };
}
