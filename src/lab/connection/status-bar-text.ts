import type { IStore as Store } from './store';
import type { ViewState } from './view-state';
import type { HeadIcon } from './status-message';
import { statusMessage } from './status-message';
import { span } from '../ui/time';
import type { Trans } from '../ui/trans';
import { verdictLabel } from '../../protocol/verdict';

/** What stands in the status bar: one or two words; the whole in its title. */
export interface StatusBarText {
  readonly icon: HeadIcon | 'package';
  readonly coloured: boolean;
  readonly text: string;
  readonly title: string;
}

export function statusBarText(trans: Trans, view: ViewState, store: Store, now: number): StatusBarText {
  const message = statusMessage(trans, view, store, now);
  const title = trans.__('CodeArtifact: %1', message.headline);
  const plainly = { icon: message.icon, coloured: true, title };
  switch (view.kind) {
    case 'connected':
    case 'renewing':
    case 'ending':
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
    case 'failing': {
      const left = Date.parse(view.connection.expiresAt ?? '') - now;
      const warned = view.kind !== 'connected' && view.kind !== 'renewing';
      const text = Number.isNaN(left) ? trans.__('Connected') : span(trans, Math.max(0, left));
      return {
        icon: warned ? 'warn' : 'package',
        coloured: warned,
        text,
        title: Number.isNaN(left)
          ? title
          : trans.__('CodeArtifact: %1, %2 left', message.headline, span(trans, Math.max(0, left)))
      };
    }
    case 'connecting':
      return {
        icon: 'run',
        coloured: false,
        text: trans.__('Connecting…'),
        title: trans.__('CodeArtifact: connecting')
      };
    case 'checking':
      return {
        icon: 'run',
        coloured: false,
        text: trans.__('Checking…'),
        title: trans.__('CodeArtifact: checking')
      };
    case 'disconnecting':
      return { icon: 'run', coloured: false, text: trans.__('Disconnecting…'), title };
    case 'expired':
      return { ...plainly, text: trans.__('Token expired') };
    case 'broken':
      switch (view.verdict) {
        case 'timeout':
        case 'access_denied':
          return { ...plainly, text: verdictLabel(trans, view.verdict) };
        case 'cancelled':
          break;
        case 'throttled':
          return { ...plainly, text: trans.__('Waiting') };
        default:
          return { ...plainly, text: trans.__('Not connected') };
      }
      break;
    case 'degraded':
      // Nobody knows, and pip's files may lead to the repository all the same.
      if (store.document?.connection) {
        return { ...plainly, text: trans.__('No answer') };
      }
      break;
    default:
  }
  return {
    icon: 'off',
    coloured: false,
    text: trans.__('Not connected'),
    title: trans.__('CodeArtifact: not connected')
  };
}
