import type { TranslationBundle } from '@jupyterlab/translation';
import type { History, HistoryEntry } from '../model/history';
import type { CodeArtifactModel } from '../model/model';
import type { Situation } from '../view/situation';
import { situationOf } from '../view/situation';
import { tell } from '../words/telling';
import { clockTime, span } from '../words/time';

const SETTLED: readonly Situation['kind'][] = [
  'ready',
  'first-run',
  'connected',
  'warned',
  'shadowed',
  'in-kernel',
  'failing',
  'expired',
  'broken'
];

const isUp = (situation: Situation): boolean =>
  ['connected', 'warned', 'shadowed', 'in-kernel', 'failing'].includes(situation.kind);

const keyOf = (situation: Situation): string =>
  situation.kind === 'broken' ? `broken ${situation.verdict} ${situation.rung?.id ?? ''}` : situation.kind;

/** "Disconnected. pip's configuration is as it was before." without what the title says already. */
const afterFirst = (summary: string): string => summary.replace(/^[^.]*\.\s*/, '');

/** Writes down what happens: each settled situation that follows another one. Nothing is written at the start. */
export function keepHistory(model: CodeArtifactModel, history: History, trans: TranslationBundle): void {
  let last: Situation | null = null;
  let since = 0;
  model.stateChanged.connect(() => {
    const { facts } = model;
    const situation = situationOf(facts);
    if (!SETTLED.includes(situation.kind)) {
      return;
    }
    const before = last;
    const now = facts.receivedAt;
    const renewed =
      before !== null &&
      isUp(before) &&
      isUp(situation) &&
      'connection' in before &&
      'connection' in situation &&
      before.connection?.expiresAt !== situation.connection?.expiresAt;
    if (before !== null && keyOf(before) === keyOf(situation) && !renewed) {
      last = situation;
      return;
    }
    last = situation;
    if (before !== null) {
      const entry = entryOf(before, situation, renewed, now - since);
      if (entry) {
        history.add({ at: now, ...entry });
      }
    }
    since = now;
  });

  function entryOf(
    before: Situation,
    after: Situation,
    renewed: boolean,
    lasted: number
  ): Omit<HistoryEntry, 'at'> | null {
    const telling = tell(trans, after, model.facts, model.facts.receivedAt);
    const until =
      'connection' in after && after.connection?.expiresAt ? Date.parse(after.connection.expiresAt) : NaN;
    const valid = Number.isNaN(until)
      ? ''
      : trans.__('valid until %1', clockTime(until, model.facts.receivedAt));
    if (isUp(after) && after.kind !== 'failing') {
      if (before.kind === 'broken' && before.connection) {
        return {
          icon: 'ok',
          title: trans.__('Path is whole again'),
          detail: trans.__('after %1', span(trans, lasted))
        };
      }
      if (renewed || before.kind === 'failing' || before.kind === 'expired') {
        return { icon: 'ok', title: trans.__('Renewed'), detail: valid };
      }
      const connection = 'connection' in after ? after.connection : null;
      const target = connection ? trans.__('%1 / %2', connection.domain, connection.repository) : '';
      return isUp(before) ? null : { icon: 'ok', title: trans.__('Connected'), detail: target };
    }
    if (after.kind === 'ready' || after.kind === 'first-run') {
      if (isUp(before) || before.kind === 'expired') {
        return {
          icon: 'off',
          title: trans.__('Disconnected'),
          detail: afterFirst(model.document?.summary ?? '')
        };
      }
      return before.kind === 'broken'
        ? {
            icon: 'ok',
            title: trans.__('Path is whole again'),
            detail: trans.__('after %1', span(trans, lasted))
          }
        : null;
    }
    const icon =
      telling.icon === 'timeout' || telling.icon === 'denied' || telling.icon === 'off'
        ? telling.icon
        : 'error';
    return { icon, title: telling.headline, detail: '' };
  }
}
