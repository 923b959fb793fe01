import type { Repositories, Repository } from '../../protocol/listing';
import type { FailureVerdict } from '../../protocol/verdict';
import { rootOf } from '../diagnosis/root-cause';
import { describeFailure } from '../diagnosis/describe-rung';
import type { Trans } from '../ui/trans';

const PYPI = 'public:pypi';

/** Where a repository gets packages that it does not hold, for the picker: only whether it leads to PyPI matters. */
export function sourceOf(trans: Trans, repository: Repository, all: readonly Repository[]): string {
  if (repository.externalConnections.includes(PYPI)) {
    return trans.__('PyPI, direct');
  }
  if (!repository.upstreams.length) {
    return repository.externalConnections.length
      ? trans.__('%1, direct', repository.externalConnections[0])
      : trans.__('no upstream: only what was published here');
  }
  const find = (name: string): Repository | undefined =>
    all.find(item => item.name === name && item.domain === repository.domain);
  const seen = new Set<string>([repository.name]);
  const leads = (name: string): boolean => {
    const next = find(name);
    if (!next || seen.has(name)) {
      return false;
    }
    seen.add(name);
    return next.externalConnections.includes(PYPI) || next.upstreams.some(leads);
  };
  const upstream = repository.upstreams.find(leads);
  return upstream
    ? trans.__('PyPI through %1', upstream)
    : trans.__('upstream %1', repository.upstreams.join(', '));
}

/** The sentence above the first-run form. */
export function listingSentence(trans: Trans, listing: Repositories | null): string {
  if (listing === null) {
    return trans.__('Looking for repositories…');
  }
  switch (listing.verdict) {
    case 'ok':
      return listing.repositories.length
        ? trans.__('Choose the repository that pip should use.')
        : trans.__('No repository was found in this account and Region. One may still be shared with you.');
    case 'access_denied':
      return trans.__('This role may not list repositories. That is common, and connecting can still work.');
    default: {
      const root = listing.rungs
        ? rootOf({ ...listing, connection: null, rungs: listing.rungs, files: [] })
        : null;
      return trans.__(
        'Repositories could not be listed: %1.',
        describeFailure(trans, listing.verdict as FailureVerdict, root, '', 0).headline
      );
    }
  }
}
