import type { VerdictIconName } from '../ui/icon';
import type { Trans } from '../ui/trans';
import { plain } from '../ui/trans';
import type { InstallRun } from './install-test';

/** The result of a finished test, in words. */
export interface IInstallVerdict {
  readonly icon: VerdictIconName;
  readonly text: string;
  /** pip's own error, when it failed. */
  readonly own: string;
  /** Whether checking the path is the next step. */
  readonly check: boolean;
}

const bare = (url: string): string => url.replace(/\/$/, '');

/** pip found the index, but not the package. */
const NOT_THERE = /No matching distribution found|Could not find a version that satisfies/;
const REFUSED = /\b40[13]\b|Unauthorized|Forbidden|Credentials not correct/i;
const NO_PIP = /No module named '?pip/;

/** The meaning of pip's error, and whether to check the path next. */
function failure(trans: Trans, requirement: string, error: string): { text: string; check: boolean } {
  return NO_PIP.test(error)
    ? { text: trans.__('This kernel’s environment has no pip. Choose another kernel.'), check: false }
    : REFUSED.test(error)
      ? { text: trans.__('The index refused the credentials that pip sent. Check the path.'), check: true }
      : NOT_THERE.test(error)
        ? {
            text: trans.__(
              'pip found no `%1`. If the name is right, check the path to see what stands in the way.',
              requirement
            ),
            check: true
          }
        : {
            text: trans.__(
              'pip could not download `%1`. Check the path to see what stands in the way.',
              requirement
            ),
            check: true
          };
}

/**
 * Null while the test is running.
 *
 * @param index the connection's index, without credentials; empty when there is none
 */
export function installVerdict(trans: Trans, run: InstallRun, index: string): IInstallVerdict | null {
  const { end, requirement, kernel } = run;
  if (end === null) {
    return null;
  }
  if (end === 'cancelled') {
    return { icon: 'off', text: trans.__('Cancelled. Nothing is left behind.'), own: '', check: false };
  }
  if (end === 'busy') {
    const text = trans.__(
      'The kernel of `%1` is busy. Wait until it is idle, or choose another.',
      kernel.label
    );
    return { icon: 'wait', text, own: '', check: false };
  }
  if (end === 'gone') {
    const text = trans.__('That kernel is not running any more. Choose another.');
    return { icon: 'error', text, own: '', check: false };
  }
  if ('failed' in end) {
    const text = trans.__('The test could not be run in this kernel.');
    return { icon: 'error', text, own: end.failed, check: false };
  }
  if (!end.ok) {
    return { icon: 'error', ...failure(trans, requirement, end.error), own: end.error };
  }
  const seconds = end.seconds.toFixed(1);
  const text = trans.__(
    '%1 %2 came from `%3` (pip %4, Python %5, %6\u00a0s).',
    end.name,
    end.version,
    end.source,
    end.pip,
    end.python,
    seconds
  );
  return index && bare(end.source) !== bare(index)
    ? {
        icon: 'warn',
        text: trans.__('%1 That is not the connection’s index: something in this kernel overrides it.', text),
        own: '',
        check: true
      }
    : { icon: 'ok', text, own: '', check: false };
}

/** The result for screen readers. */
export const installAnnouncement = (trans: Trans, run: InstallRun, index: string): string =>
  plain(installVerdict(trans, run, index)?.text ?? '');
