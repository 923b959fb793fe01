import type { Repository } from '../../protocol/listing';
import type { Trans } from '../ui/trans';

/** The chain in the Repository section: "pypi-store, then public:pypi". */
export function upstreamOf(trans: Trans, repository: Repository, all: readonly Repository[]): string {
  const chain: string[] = [];
  let at: Repository | undefined = repository;
  while (at && chain.length < 10) {
    const connection: string | undefined = at.externalConnections[0];
    const name: string | undefined = at.upstreams[0];
    if (!name || chain.includes(name)) {
      chain.push(...(connection ? [connection] : []));
      break;
    }
    chain.push(name);
    at = all.find(item => item.name === name && item.domain === repository.domain);
  }
  return chain.length
    ? chain.reduce((words, name) => trans.__('%1, then %2', words, name))
    : trans.__('none');
}
