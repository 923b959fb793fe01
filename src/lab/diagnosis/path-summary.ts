import type { Document } from '../../protocol/document';
import type { Trans } from '../ui/trans';
import type { IPathNode as PathNode } from './path';
import { NODES } from './path';

/** What stands beside the section's title. `unused`: the path is whole, and something keeps pip from taking it. */
export function pathSummary(
  trans: Trans,
  document: Document | null,
  path: readonly PathNode[],
  working: boolean,
  unused = false
): string {
  const root = path.findIndex(node => node.root);
  const running = path.findIndex(node => node.mark === 'run');
  const throttled = path.findIndex(node => node.rung?.verdict === 'throttled' && node.id !== 'iam');
  if (working) {
    const step = running >= 0 ? running : path.findIndex(node => node.mark === 'skip');
    return step >= 0 ? trans.__('step %1 of %2', step + 1, NODES.length) : '';
  }
  if (throttled >= 0) {
    return trans.__('waiting at %1 of %2', throttled + 1, NODES.length);
  }
  if (path.some(node => node.rung?.verdict === 'cancelled')) {
    return trans.__('cancelled');
  }
  if (root >= 0) {
    const warnings = path.filter(node => node.mark === 'warn').length;
    return path[root].mark === 'warn'
      ? trans._n('%1 warning', '%1 warnings', warnings)
      : trans.__('stopped at %1 of %2', root + 1, NODES.length);
  }
  if (!document?.rungs.length || path.every(node => node.mark === 'skip')) {
    return trans.__('not checked yet');
  }
  return path.every(node => node.mark === 'ok')
    ? unused
      ? trans.__('OK, not in use')
      : trans.__('all OK')
    : path.some(node => node.rung === null)
      ? trans.__('OK so far')
      : '';
}
