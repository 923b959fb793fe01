import type { Facts } from '../view/facts';
import type { Situation } from '../view/situation';
import type { HeadIcon } from './telling';
import { tell } from './telling';
import { span } from './time';
import type { Trans } from './trans';
import { verdictWord } from './verdict';

/** What stands in the status bar: one or two words; the whole in its title. */
export interface StatusWords {
  readonly icon: HeadIcon | 'package';
  readonly coloured: boolean;
  readonly text: string;
  readonly title: string;
}

export function statusWords(trans: Trans, situation: Situation, facts: Facts, now: number): StatusWords {
  const telling = tell(trans, situation, facts, now);
  const title = trans.__('CodeArtifact: %1', telling.headline);
  const plainly = { icon: telling.icon, coloured: true, title };
  switch (situation.kind) {
    case 'connected':
    case 'renewing':
    case 'warned':
    case 'shadowed':
    case 'in-kernel':
    case 'failing': {
      const left = Date.parse(situation.connection.expiresAt ?? '') - now;
      const warned = situation.kind !== 'connected' && situation.kind !== 'renewing';
      const text = Number.isNaN(left) ? trans.__('Connected') : span(trans, Math.max(0, left));
      return {
        icon: warned ? 'warn' : 'package',
        coloured: warned,
        text,
        title: Number.isNaN(left)
          ? title
          : trans.__('CodeArtifact: %1, %2 left', telling.headline, span(trans, Math.max(0, left)))
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
      switch (situation.verdict) {
        case 'timeout':
        case 'access_denied':
          return { ...plainly, text: verdictWord(trans, situation.verdict) };
        case 'cancelled':
          break;
        case 'throttled':
          return { ...plainly, text: trans.__('Waiting') };
        default:
          return { ...plainly, text: trans.__('Not connected') };
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
