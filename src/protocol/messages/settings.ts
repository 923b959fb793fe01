import { cause } from './cause';
import { said } from './trans';

const CHECKED = ['setting', 'problems', 'file', 'pinned', 'region', 'regions', 'nearest'] as const;

/**
 * Settings, and what ends a run without anything being broken. The sentence about a setting is that of the rule it
 * breaks (src/engine/core/settings): the rule knows its example.
 */
export const SETTING_CAUSES = {
  invalid_settings: cause({
    verdict: 'invalid_settings',
    needs: ['message'],
    may: CHECKED,
    sentence: (e, trans) => said(e.message, trans)
  }),
  /** Files that may pin settings: what they pin is not known. `message` has a sentence for each. */
  pins_unreadable: cause({
    verdict: 'invalid_settings',
    needs: ['message'],
    who: 'platform team',
    headline: (_, trans) => trans.__('The administrator’s settings cannot be read'),
    label: trans => trans.__('cannot be read'),
    sentence: (e, trans) => said(e.message, trans)
  }),
  region_without_codeartifact: cause({
    verdict: 'invalid_settings',
    needs: ['message', 'region', 'regions'],
    may: CHECKED,
    sentence: (e, trans) => said(e.message, trans)
  }),
  endpoint_not_allowed: cause({
    verdict: 'invalid_settings',
    needs: ['message', 'host'],
    may: CHECKED,
    who: 'platform team',
    sentence: (e, trans) => said(e.message, trans)
  }),
  cancelled: cause({
    verdict: 'cancelled',
    needs: [],
    sentence: (_, trans) => trans.__('pip’s files were not changed.')
  }),
  /** What began before a Disconnect, or before another connection took its place (engine/tools/transaction.ts). */
  superseded: cause({
    verdict: 'cancelled',
    needs: [],
    sentence: (_, trans) =>
      trans.__(
        'Disconnect was asked for in the meantime, or another connection has taken its place. Nothing was changed.'
      )
  }),
  not_finished: cause({
    verdict: 'timeout',
    needs: ['waitedMs'],
    sentence: (e, trans) => trans.__('Not finished within %1\u00a0s.', Math.round(e.waitedMs / 1000))
  }),
  /** A bug of ours. `error` is the name of what was thrown. */
  internal_error: cause({
    verdict: 'service_error',
    needs: ['error'],
    who: 'platform team',
    headline: (_, trans) => trans.__('An internal error'),
    sentence: (e, trans) =>
      trans.__('Something unexpected happened (%1). This is a fault of jupyterlab-codeartifact.', e.error)
  })
};
