import { setMaxListeners } from 'node:events';
import type { Repositories, Repository } from '../../protocol/listing';
import type { AwsCalls, RepositorySummary } from '../aws/api-calls';
import { done, type Outcome } from '../core/failure';
import type { EngineDeps } from '../connection/engine-deps';
import { type Known, listingRefusal } from './listing-refusal';
import type { Prepared } from '../connection/request';
import { apiAccess } from './api-access';
import { together, trans } from '../core/say';

/** A picker with more is a search; details (upstreams) cost a call each. */
const MOST_DETAILS = 50;

/** Five thousand repositories: nobody picks from more. */
const PAGES = 5;

/** The server takes an answer of 4 MB (engine_output.py); 5,000 rows with their descriptions are half of it. */
const MOST_ROWS = 5000;
const LONGEST_DESCRIPTION = 200;

/**
 * Domains and repositories for the picker. Domains of other accounts are never listed by AWS, so the one that the
 * settings name is asked for besides; a role that may not list gets `access_denied` and an empty list.
 */
export async function repositories(
  deps: EngineDeps,
  prepared: Outcome<Prepared>,
  signal: AbortSignal
): Promise<Repositories> {
  const known: Known = {};
  const found = prepared.ok ? await listed(deps, prepared.value, signal, known) : prepared;
  if (!found.ok) {
    return { ...listingRefusal(found.failure, known), domains: [], repositories: [] };
  }
  const { domains, list, more } = found.value;
  const count =
    list.length === 1
      ? trans.__('One repository')
      : more
        ? trans.__('The first %1 repositories', list.length)
        : trans.__('%1 repositories', list.length);
  return {
    schema: 1,
    verdict: 'ok',
    summary: together(
      trans._n('%2 in %1 domain.', '%2 in %1 domains.', domains.length, count),
      more && trans.__('There are more; name yours in the settings.')
    ),
    domains,
    repositories: list,
    ...(more ? { more } : {})
  };
}

interface Listed {
  readonly domains: { name: string; owner: string }[];
  readonly list: Repository[];
  readonly more: boolean;
}

async function listed(
  deps: EngineDeps,
  prepared: Prepared,
  signal: AbortSignal,
  known: Known
): Promise<Outcome<Listed>> {
  known.settings = prepared.settings;
  const reached = await apiAccess(deps, prepared, signal);
  if (!reached.ok) {
    return reached;
  }
  known.reach = reached.value;
  const { calls } = reached.value;
  const { domain, domainOwner } = prepared.settings;
  const [all, own] = await Promise.all([
    pages(token => calls.listRepositories({ nextToken: token }, signal)),
    domain
      ? pages(token => calls.listRepositoriesInDomain({ domain, domainOwner, nextToken: token }, signal))
      : null
  ]);
  if (!all.ok && !own?.ok) {
    return all;
  }
  const rows = unique([...(own?.ok ? own.value.items : []), ...(all.ok ? all.value.items : [])]);
  const more = rows.length > MOST_ROWS || (own?.ok && own.value.more) || (all.ok && all.value.more);
  // A listener for each call under way; Node takes more than ten for a leak and says so in the server's log.
  setMaxListeners(MOST_DETAILS + 10, signal);
  const list = await Promise.all(
    rows.slice(0, MOST_ROWS).map((row, i) => detailed(calls, row, i < MOST_DETAILS, signal))
  );
  const domains = new Map(
    list.map(r => [`${r.domainOwner}/${r.domain}`, { name: r.domain, owner: r.domainOwner }])
  );
  return done({ domains: [...domains.values()], list, more });
}

type Paged<T> = Outcome<{ readonly items: readonly T[]; readonly nextToken?: string }>;

async function pages<T>(
  ask: (token: string | undefined) => Promise<Paged<T>>
): Promise<Outcome<{ readonly items: T[]; readonly more: boolean }>> {
  const items: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await ask(token);
    if (!answer.ok) {
      return items.length > 0 ? done({ items, more: true }) : answer;
    }
    items.push(...answer.value.items);
    token = answer.value.nextToken;
    if (!token) {
      break;
    }
  }
  return done({ items, more: token !== undefined });
}

function unique(rows: readonly RepositorySummary[]): RepositorySummary[] {
  const seen = new Map(rows.map(r => [`${r.domainOwner}/${r.domain}/${r.name}`, r]));
  return [...seen.values()].sort((a, b) => a.domain.localeCompare(b.domain) || a.name.localeCompare(b.name));
}

/** Upstreams say whether PyPI can be reached through it; a role that may not describe still sees the name. */
async function detailed(
  calls: AwsCalls,
  row: RepositorySummary,
  ask: boolean,
  signal: AbortSignal
): Promise<Repository> {
  const { name, domain, domainOwner, description } = row;
  const detail = ask
    ? await calls.describeRepository({ domain, domainOwner, repository: name }, signal)
    : null;
  const { upstreams, externalConnections } = detail?.ok
    ? detail.value
    : { upstreams: [], externalConnections: [] };
  return {
    name,
    domain,
    domainOwner,
    description: description.slice(0, LONGEST_DESCRIPTION),
    upstreams: [...upstreams],
    externalConnections: [...externalConnections]
  };
}
