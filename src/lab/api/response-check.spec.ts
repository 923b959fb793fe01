import { aDocument, FILES, rungs } from '../../../testing/fixtures/lab/documents';
import { LISTING } from '../../../testing/fixtures/lab/scenes';
import { isDocument, isPackages, isRepositories } from './response-check';

const PACKAGES = { schema: 1, verdict: 'ok', summary: '', packages: [{ name: 'six', versions: [] }] };

it('accepts what the server sends', () => {
  expect(isDocument(aDocument())).toBe(true);
  expect(isDocument(aDocument({ connection: null, rungs: [], files: [] }))).toBe(true);
  expect(isRepositories(LISTING)).toBe(true);
  expect(isPackages(PACKAGES)).toBe(true);
});

const without = (value: object, key: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

describe('a document is refused', () => {
  it.each(['schema', 'verdict', 'summary', 'rungs', 'files'])('without %s', key => {
    expect(isDocument(without(aDocument(), key))).toBe(false);
  });

  it.each(['state', 'domain', 'domainOwner', 'repository', 'region'])('without %s of its connection', key => {
    const document = aDocument();
    expect(isDocument({ ...document, connection: without(document.connection!, key) })).toBe(false);
  });

  it.each(['id', 'verdict', 'ms', 'summary', 'evidence'])('without %s of one of its checks', key => {
    const [first, ...rest] = rungs();
    expect(isDocument({ ...aDocument(), rungs: [...rest, without(first, key)] })).toBe(false);
  });

  it.each(['tool', 'path', 'shadowedBy'])('without %s of one of its files', key => {
    expect(isDocument({ ...aDocument(), files: [FILES[1], without(FILES[0], key)] })).toBe(false);
  });

  it.each([null, [], 'text', 7, { ...aDocument(), schema: 2 }])('when it is something else: %#', value => {
    expect(isDocument(value)).toBe(false);
  });
});

describe('a listing is refused', () => {
  it.each(['domain', 'name', 'upstreams', 'externalConnections'])('without %s of a repository', key => {
    const [first, ...rest] = LISTING.repositories;
    expect(isRepositories({ ...LISTING, repositories: [...rest, without(first, key)] })).toBe(false);
  });

  it.each(['name', 'owner'])('without %s of a domain', key => {
    expect(isRepositories({ ...LISTING, domains: [without(LISTING.domains[0], key)] })).toBe(false);
  });

  it.each(['name', 'versions'])('without %s of a package', key => {
    expect(isPackages({ ...PACKAGES, packages: [without(PACKAGES.packages[0], key)] })).toBe(false);
  });
});
