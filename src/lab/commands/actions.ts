import type { Fixer } from '../../protocol/fix';
import type { ViewState } from '../connection/view-state';
import { blockedBy } from '../connection/status-message';
import { evidenceOf, fixerOf } from '../diagnosis/describe-rung';
import { contentsPath } from '../tools/files';
import { CommandIDs } from '../tokens';
import type { IAction } from '../ui/button';
import type { Trans } from '../ui/trans';

/** What the button does: a file that JupyterLab does not serve cannot be opened. */
function openLabel(trans: Trans, path: string, line: number): string {
  const file = path.split('/').pop() ?? path;
  return contentsPath(path) === null
    ? trans.__('Copy the path of %1', file)
    : line > 0
      ? trans.__('Open %1 at line %2', file, line)
      : trans.__('Open %1', file);
}

/** The buttons of a situation, the primary one first; none is primary while all is well. */
export function actionsFor(trans: Trans, view: ViewState): IAction[] {
  const copyRequest: IAction = {
    command: CommandIDs.copyRequest,
    label: trans.__('Copy request'),
    title: trans.__('Copies what happens, the fix and how to check it. No secret.')
  };
  const check: IAction = { command: CommandIDs.diagnose, label: trans.__('Check now') };
  const connect: IAction = { command: CommandIDs.connect, label: trans.__('Connect') };
  const retry: IAction = { command: CommandIDs.connect, label: trans.__('Try again') };
  const renew: IAction = { command: CommandIDs.refresh, label: trans.__('Renew now') };
  const disconnect: IAction = { command: CommandIDs.disconnect, label: trans.__('Disconnect') };
  const cancel: IAction = { command: CommandIDs.cancel, label: trans.__('Cancel') };
  const copyReport: IAction = { command: CommandIDs.copyReport, label: trans.__('Copy report') };
  switch (view.kind) {
    case 'loading':
    case 'first-run':
    case 'disconnecting':
      return [];
    case 'offered':
      return [
        { command: CommandIDs.useRepository, label: trans.__('Use and connect'), primary: true },
        { command: CommandIDs.declineOffer, label: trans.__('Choose another') }
      ];
    case 'ready':
      return [emphasised(connect), { command: CommandIDs.preview, label: trans.__('Preview changes') }];
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
          command: CommandIDs.unsetVariables,
          label: trans._n('Unset it in this kernel', 'Unset them in this kernel', count)
        }),
        { command: CommandIDs.ignoreKernel, label: trans.__('Ignore') }
      ];
    }
    case 'ending':
      return [emphasised(renew), disconnect];
    case 'failing':
    case 'expired': {
      const nobody = view.kind === 'expired' && !view.connection.trouble && !blockedBy(view);
      const own = nobody || (view.rung !== null && fixerOf('timeout', view.rung) === 'you');
      return own ? [emphasised(renew), disconnect] : [emphasised(copyRequest), renew, disconnect];
    }
    case 'degraded':
      return degraded(trans, view.problem.kind, emphasised(copyRequest), copyReport);
    case 'broken':
      break;
  }
  // As long as our lines are on the disk, they can be removed.
  const actions = broken(trans, view, { copyRequest, check, connect, retry, renew, cancel, copyReport });
  return view.connection && view.verdict !== 'throttled' ? [...actions, disconnect] : actions;
}

const emphasised = (action: IAction): IAction => ({ ...action, primary: true });

type Known = Record<
  'copyRequest' | 'check' | 'connect' | 'retry' | 'renew' | 'cancel' | 'copyReport',
  IAction
>;

function broken(trans: Trans, view: Extract<ViewState, { kind: 'broken' }>, known: Known): IAction[] {
  const { copyRequest, check, connect, retry, renew, cancel, copyReport } = known;
  const fixer: Fixer = fixerOf(view.verdict, view.rung);
  switch (view.verdict) {
    case 'throttled':
      return [cancel];
    case 'cancelled':
      return view.connection ? [renew] : [emphasised(connect)];
    case 'invalid_settings':
      return fixer === 'you'
        ? [{ command: CommandIDs.openSettings, label: trans.__('Open settings'), primary: true }, check]
        : [emphasised(copyRequest), check];
    case 'write_failed': {
      const { path = '', line = 0 } = evidenceOf(view.rung);
      const open = emphasised({ command: CommandIDs.openFile, label: openLabel(trans, path, line) });
      return fixer !== 'you'
        ? [emphasised(copyRequest), retry]
        : path
          ? [open, retry]
          : [emphasised(retry), copyReport];
    }
    case 'not_found':
      return fixer === 'you'
        ? [
            emphasised({
              command: CommandIDs.chooseRepository,
              label: trans.__('Choose another repository')
            }),
            check
          ]
        : [emphasised(copyRequest), check];
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
  copyRequest: IAction,
  copyReport: IAction
): IAction[] {
  const again: IAction = { command: CommandIDs.reload, label: trans.__('Look again') };
  switch (kind) {
    case 'engine_stopped':
      return [{ command: CommandIDs.reload, label: trans.__('Start now') }, copyReport];
    case 'unreachable':
      return [{ ...again, primary: true }];
    case 'unexpected':
      return [{ ...again, primary: true }, copyReport];
    default:
      return [copyRequest, again];
  }
}
