import type { NodeId } from './path';
import type { Trans } from '../ui/trans';

/** A node's name on the path. */
export function nodeLabel(trans: Trans, id: NodeId): string {
  switch (id) {
    case 'notebook':
      return trans.__('Notebook');
    case 'dns':
      return trans.__('DNS');
    case 'api':
      return trans.__('API endpoint');
    case 'iam':
      return trans.__('IAM');
    case 'token':
      return trans.__('Token');
    case 'repository':
      return trans.__('Repository endpoint');
    case 'index':
      return trans.__('Index');
  }
}
