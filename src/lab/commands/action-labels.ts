import type { Fixer } from '../../protocol/fix';
import type { ViewState } from '../connection/view-state';
import { evidenceOf, fixerOf } from '../diagnosis/describe-rung';
import type { Trans } from '../ui/trans';

/** What a button does; the panel's one list of deeds. */
export type ActionId =
  | 'connect'
  | 'cancel'
  | 'renew'
  | 'disconnect'
  | 'check'
  | 'retry'
  | 'copy-request'
  | 'copy-report'
  | 'open-file'
  | 'preview'
  | 'unset'
  | 'ignore'
  | 'open-settings'
  | 'look-again'
  | 'start-now'
  | 'use-offer'
  | 'choose-another';

export interface Action {
  readonly id: ActionId;
  readonly label: string;
  /** The reader's own next step; at most one, and none while all is well. */
  readonly primary?: boolean;
  readonly title?: string;
}

export const openLabel = (trans: Trans, file: string, line: number): string =>
  line > 0 ? trans.__('Open %1 at line %2', file, line) : trans.__('Open %1', file);

/** The buttons of a situation, first the primary one. */
export function actionsFor(trans: Trans, view: ViewState): Action[] {
  const copyRequest: Action = {
    id: 'copy-request',
    label: trans.__('Copy request'),
    title: trans.__('Copies what happens, the fix and how to check it. No secret.')
  };
  const emphasised = (action: Action): Action => ({ ...action, primary: true });
  const check: Action = { id: 'check', label: trans.__('Check now') };
  const connect: Action = { id: 'connect', label: trans.__('Connect') };
  const retry: Action = { id: 'retry', label: trans.__('Try again') };
  const renew: Action = { id: 'renew', label: trans.__('Renew now') };
  const disconnect: Action = { id: 'disconnect', label: trans.__('Disconnect') };
  const cancel: Action = { id: 'cancel', label: trans.__('Cancel') };
  const copyReport: Action = { id: 'copy-report', label: trans.__('Copy report') };
  switch (view.kind) {
    case 'loading':
    case 'first-run':
    case 'disconnecting':
      return [];
    case 'offered':
      return [
        { id: 'use-offer', label: trans.__('Use and connect'), primary: true },
        { id: 'choose-another', label: trans.__('Choose another') }
      ];
    case 'ready':
      return [emphasised(connect), { id: 'preview', label: trans.__('Preview changes') }];
    case 'connecting':
    case 'checking':
    case 'renewing':
      return [cancel];
    case 'connected':
      return [renew, disconnect];
    case 'warned':
      return view.rung.fix ? [copyRequest, disconnect] : [renew, disconnect];
    case 'shadowed':
      return [check, disconnect];
    case 'in-kernel': {
      const count = view.shadow.variables.length;
      return [
        emphasised({
          id: 'unset',
          label: trans._n('Unset it in this kernel', 'Unset them in this kernel', count)
        }),
        { id: 'ignore', label: trans.__('Ignore') }
      ];
    }
    case 'failing':
    case 'expired':
      return view.rung && fixerOf('timeout', view.rung) === 'you'
        ? [emphasised(renew), copyReport]
        : [emphasised(copyRequest), renew];
    case 'degraded':
      return degraded(trans, view.problem.kind, emphasised(copyRequest), copyReport);
    case 'broken':
      break;
  }
  const fixer: Fixer = fixerOf(view.verdict, view.rung);
  switch (view.verdict) {
    case 'throttled':
      return [cancel];
    case 'cancelled':
      return view.connection ? [renew, disconnect] : [emphasised(connect)];
    case 'invalid_settings':
      return fixer === 'you'
        ? [{ id: 'open-settings', label: trans.__('Open settings'), primary: true }, retry]
        : [emphasised(copyRequest), retry];
    case 'write_failed': {
      const { path = '', line = 0 } = evidenceOf(view.rung);
      const open: Action = {
        id: 'open-file',
        label: openLabel(trans, path.split('/').pop() ?? path, line),
        primary: true
      };
      return fixer !== 'you'
        ? [emphasised(copyRequest), retry]
        : path
          ? [open, retry]
          : [emphasised(retry), copyReport];
    }
    default:
      return fixer === 'you'
        ? [emphasised(check)]
        : fixer === 'AWS'
          ? [check, copyReport]
          : [emphasised(copyRequest), check];
  }
}

function degraded(
  trans: Trans,
  kind: Extract<ViewState, { kind: 'degraded' }>['problem']['kind'],
  copyRequest: Action,
  copyReport: Action
): Action[] {
  const again: Action = { id: 'look-again', label: trans.__('Look again') };
  switch (kind) {
    case 'engine_stopped':
      return [{ id: 'start-now', label: trans.__('Start now') }, copyReport];
    case 'unreachable':
      return [{ ...again, primary: true }];
    case 'unexpected':
      return [{ ...again, primary: true }, copyReport];
    default:
      return [copyRequest, again];
  }
}
