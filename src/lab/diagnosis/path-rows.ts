import type { IPathNode as PathNode, Mark } from './path';
import { NO_ANSWER_MS, SLOW_MS } from './path';
import { evidenceOf } from './describe-rung';
import { probedAddresses } from '../../protocol/messages/evidence';
import { rungLabel } from './catalogue';
import { measured } from '../ui/time';
import type { Trans } from '../ui/trans';

/** One row of the path, in words. */
export interface Row {
  readonly verdict: string;
  /** Said to screen readers only: what was not reached is shown once. */
  readonly muted: boolean;
  /** Empty where there is nothing to tell. */
  readonly time: string;
}

const wrong: readonly Mark[] = ['timeout', 'denied', 'error', 'run', 'warn'];

function addressWord(trans: Trans, node: PathNode): string {
  switch (evidenceOf(node.rung).addressClass) {
    case 'public':
      return trans.__('public address');
    case 'private':
      return trans.__('private address');
    case 'loopback':
      return trans.__('this machine');
    default:
      return '';
  }
}

function runningWord(trans: Trans, node: PathNode, elapsed: number): string {
  const ms = Math.max(node.rung?.ms ?? 0, elapsed);
  if (ms >= NO_ANSWER_MS) {
    return trans.__('no answer to 2 attempts');
  }
  if (ms >= SLOW_MS) {
    return trans.__('slow');
  }
  return node.rung?.id === 'token' ? trans.__('asking') : trans.__('checking');
}

function word(trans: Trans, node: PathNode, message: boolean, working: boolean, elapsed: number): string {
  switch (node.mark) {
    case 'run':
      return runningWord(trans, node, elapsed);
    case 'skip':
      return node.rung?.verdict === 'throttled' || node.rung?.verdict === 'cancelled'
        ? rungLabel(node.rung, trans)
        : working || node.rung?.verdict === 'waiting'
          ? trans.__('waiting')
          : node.rung === null
            ? trans.__('not checked')
            : trans.__('not reached');
    case 'warn': {
      const addresses = probedAddresses(evidenceOf(node.rung));
      const alive = addresses.filter(address => address.error === undefined).length;
      return alive < addresses.length
        ? trans.__('%1\u00a0of\u00a0%2', alive, addresses.length)
        : trans.__('OK');
    }
    case 'ok':
      if (node.rung?.verdict === 'skipped') {
        return trans.__('not needed');
      }
      return (message && node.id === 'dns' && addressWord(trans, node)) || trans.__('OK');
    default:
      return node.rung ? rungLabel(node.rung, trans) : '';
  }
}

/**
 * The rows of the whole path. `working`: a run is under way; `elapsed` is how long the running node
 * has been at it as far as this page knows, in milliseconds.
 */
export function rowsOf(trans: Trans, path: readonly PathNode[], working: boolean, elapsed: number): Row[] {
  const message = path.some(node => wrong.includes(node.mark) && node.id !== 'dns' && node.mark !== 'warn');
  let told = false;
  const waits = working || path.some(node => node.rung?.verdict === 'throttled');
  return path.map(node => {
    const verdict = word(trans, node, message && (!working || elapsed >= SLOW_MS), waits, elapsed);
    const plainSkip =
      node.mark === 'skip' && node.rung?.verdict !== 'throttled' && node.rung?.verdict !== 'cancelled';
    const muted = plainSkip && (told || node.rung === null);
    told = told || (plainSkip && node.rung !== null);
    const addressTold = node.id === 'dns' && message && node.mark === 'ok' && verdict !== trans.__('OK');
    const time =
      node.ms === null || node.mark === 'skip' || node.mark === 'run' || node.mark === 'warn' || addressTold
        ? ''
        : measured(trans, node.ms);
    return { verdict, muted, time };
  });
}
