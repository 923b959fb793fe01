import type { Packages } from '../../protocol/listing';
import { done, type Outcome } from '../core/failure';
import type { EngineDeps } from '../connection/engine-deps';
import { type Known, listingRefusal } from './listing-refusal';
import { type Prepared, requireRepository } from '../connection/request';
import { apiAccess } from './api-access';
import { trans } from '../core/say';

/** Of one package, newest first: more than anybody scrolls through. */
const MOST_VERSIONS = 100;

/** What a search shows at once; others are found by more letters of their names, which the API compares. */
const MOST_NAMES = 200;

export interface PackageSearch {
  /** Names that begin with it; empty: all. */
  readonly query: string;
  /** Exactly this one, with its versions. */
  readonly packageName: string;
}

/** What the repository holds by now. A package of an upstream shows here after its first install. */
export async function packages(
  deps: EngineDeps,
  given: Outcome<Prepared>,
  search: PackageSearch,
  signal: AbortSignal
): Promise<Packages> {
  const prepared = requireRepository(given);
  const known: Known = {};
  const found = prepared.ok ? await listed(deps, prepared.value, search, signal, known) : prepared;
  if (!found.ok) {
    return { ...listingRefusal(found.failure, known), packages: [] };
  }
  const { repository } = prepared.ok ? prepared.value.settings : { repository: '' };
  const { items, more } = found.value;
  const summary =
    items.length === 0 ? nothingSentence(repository, search) : countSentence(repository, found.value);
  return { schema: 1, verdict: 'ok', summary, packages: items, ...(more ? { more } : {}) };
}

interface Shown {
  readonly items: Packages['packages'];
  readonly more: boolean;
}

const countSentence = (repository: string, { items, more }: Shown): string =>
  more
    ? trans.__(
        'The first %1 packages of %2; there are more. Search by the beginning of a name.',
        items.length,
        repository
      )
    : trans._n('%1 package in %2.', '%1 packages in %2.', items.length, repository);

const nothingSentence = (repository: string, { query, packageName }: PackageSearch): string =>
  query || packageName
    ? trans.__('Nothing of that name is in %1 yet.', repository)
    : trans.__('%1 holds nothing yet; what is installed through it will show here.', repository);

/** PyPI names are compared in their normal form (PEP 503), and CodeArtifact stores them so. */
const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');

async function listed(
  deps: EngineDeps,
  prepared: Prepared,
  { query, packageName }: PackageSearch,
  signal: AbortSignal,
  known: Known
): Promise<Outcome<Shown>> {
  known.settings = prepared.settings;
  const reached = await apiAccess(deps, prepared, signal);
  if (!reached.ok) {
    return reached;
  }
  known.reach = reached.value;
  const { calls } = reached.value;
  const { domain, domainOwner, repository } = prepared.settings;
  const named = { domain, domainOwner, repository };
  if (packageName) {
    const name = normal(packageName);
    const versions = await calls.listPackageVersions({ ...named, name, most: MOST_VERSIONS }, signal);
    if (!versions.ok) {
      return versions.failure.verdict === 'not_found' ? done({ items: [], more: false }) : versions;
    }
    const shown = versions.value.items.slice(0, MOST_VERSIONS).map(v => ({ ...v }));
    return done({ items: [{ name, versions: shown }], more: false });
  }
  const names = await calls.listPackages({ ...named, prefix: normal(query), most: MOST_NAMES }, signal);
  if (!names.ok) {
    return names;
  }
  const { items, nextToken } = names.value;
  return done({
    items: items.slice(0, MOST_NAMES).map(p => ({ name: p.name, versions: [] })),
    more: nextToken !== undefined || items.length > MOST_NAMES
  });
}
