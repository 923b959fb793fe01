import { Secret } from '../core/secret/secret';
import { failed, type Outcome } from '../core/failure';
import type { Answer, AwsCalls, Domain, DomainSummary, Named, Page, RepositorySummary } from './api-calls';
import { type Sending, send } from './send-command';

export interface CallsOptions extends Sending {
  /** Which kind of repository endpoint to ask for; `ipv4` is AWS's default and is left out, as the AWS CLI does. */
  readonly endpointType: 'ipv4' | 'dualstack';
}

/** The API's largest page. */
const PAGE = 1000;

/**
 * AWS's limits: 1,000 characters for a description, 255 for the longest name. A stranger's are cut, so that an answer of
 * ours stays below what the server takes (engine_output.py).
 */
const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 1000;

/** AWS's tokens have some 1,500 characters. */
const LONGEST_TOKEN = 16 * 1024;

const cut = (text: string | undefined, most = LONGEST_NAME): string => (text ?? '').slice(0, most);

/** Names and accounts have limits in the API's model; a URL of theirs stays far below this. */
const LONGEST_URL = 2048;

/** The closed list of calls, bound to one Region, endpoint and identity. Making it costs nothing: clients are kept elsewhere. */
export function createCalls(options: CallsOptions): AwsCalls {
  return {
    getAuthorizationToken: async ({ durationSeconds, ...domain }, signal) =>
      nonEmpty(
        await send(
          options,
          'GetAuthorizationToken',
          sdk => new sdk.GetAuthorizationTokenCommand({ ...ofDomain(domain), durationSeconds }),
          (r, answer) => ({
            ...answer,
            token: new Secret(r.authorizationToken ?? ''),
            expiresAt: r.expiration?.getTime() ?? NaN
          }),
          signal
        ),
        ({ token, expiresAt }) =>
          token.reveal() !== '' && token.reveal().length <= LONGEST_TOKEN && !Number.isNaN(expiresAt),
        'GetAuthorizationToken'
      ),

    getRepositoryEndpoint: async (input, signal) =>
      nonEmpty(
        await send(
          options,
          'GetRepositoryEndpoint',
          sdk =>
            new sdk.GetRepositoryEndpointCommand({
              ...ofRepository(input),
              format: 'pypi',
              ...(options.endpointType === 'dualstack' ? { endpointType: 'dualstack' } : {})
            }),
          (r, answer) => ({ ...answer, url: r.repositoryEndpoint ?? '' }),
          signal
        ),
        ({ url }) => /^https?:\/\/./.test(url) && url.length <= LONGEST_URL,
        'GetRepositoryEndpoint'
      ),

    describeRepository: (input, signal) =>
      send(
        options,
        'DescribeRepository',
        sdk => new sdk.DescribeRepositoryCommand(ofRepository(input)),
        (r, answer) => ({
          ...answer,
          ...repositoryOf(r.repository ?? {}),
          upstreams: names(r.repository?.upstreams?.map(u => u.repositoryName)),
          externalConnections: names(r.repository?.externalConnections?.map(c => c.externalConnectionName))
        }),
        signal
      ),

    listDomains: async (input, signal) =>
      aList(
        await send(
          options,
          'ListDomains',
          sdk => new sdk.ListDomainsCommand({ maxResults: PAGE, nextToken: input.nextToken }),
          (r, answer) => page(r, r.domains?.map(domainOf), answer),
          signal
        ),
        'ListDomains'
      ),

    listRepositories: async (input, signal) =>
      aList(
        await send(
          options,
          'ListRepositories',
          sdk => new sdk.ListRepositoriesCommand({ maxResults: PAGE, nextToken: input.nextToken }),
          (r, answer) => page(r, r.repositories?.map(repositoryOf), answer),
          signal
        ),
        'ListRepositories'
      ),

    listRepositoriesInDomain: async ({ nextToken, ...domain }, signal) =>
      aList(
        await send(
          options,
          'ListRepositoriesInDomain',
          sdk =>
            new sdk.ListRepositoriesInDomainCommand({ ...ofDomain(domain), maxResults: PAGE, nextToken }),
          (r, answer) => page(r, r.repositories?.map(repositoryOf), answer),
          signal
        ),
        'ListRepositoriesInDomain'
      ),

    listPackages: async ({ prefix, most, nextToken, ...named }, signal) =>
      aList(
        await send(
          options,
          'ListPackages',
          sdk =>
            new sdk.ListPackagesCommand({
              ...ofRepository(named),
              format: 'pypi',
              ...(prefix ? { packagePrefix: prefix } : {}),
              maxResults: most,
              nextToken
            }),
          (r, answer) =>
            page(
              r,
              r.packages?.map(p => ({ name: cut(p.package) })),
              answer
            ),
          signal
        ),
        'ListPackages'
      ),

    listPackageVersions: async ({ name, most, nextToken, ...named }, signal) =>
      aList(
        await send(
          options,
          'ListPackageVersions',
          sdk =>
            new sdk.ListPackageVersionsCommand({
              ...ofRepository(named),
              format: 'pypi',
              package: name,
              sortBy: 'PUBLISHED_TIME',
              maxResults: most,
              nextToken
            }),
          (r, answer) =>
            page(
              r,
              r.versions?.map(v => ({ version: cut(v.version), status: cut(v.status) })),
              answer
            ),
          signal
        ),
        'ListPackageVersions'
      )
  };
}

interface Paged {
  readonly nextToken?: string;
}

interface RawRepository {
  readonly name?: string;
  readonly domainName?: string;
  readonly domainOwner?: string;
  readonly description?: string;
  readonly upstreams?: readonly { repositoryName?: string }[];
  readonly externalConnections?: readonly { externalConnectionName?: string }[];
}

/** An empty owner is left out: AWS then takes the caller's own account. */
const ofDomain = ({ domain, domainOwner }: Domain) => ({ domain, ...(domainOwner ? { domainOwner } : {}) });

const ofRepository = (named: Named) => ({ ...ofDomain(named), repository: named.repository });

const domainOf = (d: { name?: string; owner?: string; status?: string }): DomainSummary => ({
  name: cut(d.name),
  owner: cut(d.owner),
  status: cut(d.status)
});

const repositoryOf = (r: RawRepository): RepositorySummary => ({
  name: cut(r.name),
  domain: cut(r.domainName),
  domainOwner: cut(r.domainOwner),
  description: cut(r.description, LONGEST_DESCRIPTION)
});

const names = (list: readonly (string | undefined)[] | undefined): string[] =>
  (list ?? []).slice(0, PAGE).flatMap(name => (name ? [cut(name)] : []));

/** `items` is undefined when the answer holds no list: then it is none of AWS's. */
const page = <T>(r: Paged, items: readonly T[] | undefined, answer: Answer): Unchecked<T> => ({
  ...answer,
  items: items?.slice(0, PAGE),
  ...(r.nextToken ? { nextToken: r.nextToken } : {})
});

type Unchecked<T> = Omit<Page<T>, 'items'> & { readonly items: readonly T[] | undefined };

const aList = <T>(outcome: Outcome<Unchecked<T>>, operation: string): Outcome<Page<T>> =>
  nonEmpty(outcome, ({ items }) => items !== undefined, operation) as Outcome<Page<T>>;

/** HTTP 200 from something that is not AWS can be well-formed JSON and still hold nothing of what was asked for. */
function nonEmpty<T>(outcome: Outcome<T>, right: (value: T) => boolean, operation: string): Outcome<T> {
  return !outcome.ok || right(outcome.value) ? outcome : failed('http_garbage', { operation });
}
