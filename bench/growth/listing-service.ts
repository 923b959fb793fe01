import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that lists as many packages and repositories as it is told; the emulator keeps a file for each package. */
export async function listingService(): Promise<{
  readonly url: string;
  readonly holds: (kind: 'packages' | 'repositories', count: number) => void;
  /** Requests since the last time it was asked. */
  readonly asked: () => number;
  readonly close: () => void;
}> {
  const count = { packages: 0, repositories: 0 };
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const size = Number(url.searchParams.get('max-results') ?? 1000);
    const start = Number(url.searchParams.get('next-token') ?? 0);
    const prefix = url.searchParams.get('package-prefix') ?? '';
    const body = JSON.stringify(answer(url.pathname, start, size, prefix));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  });

  function answer(path: string, start: number, size: number, prefix: string): object {
    const kind = path === '/v1/packages' ? 'packages' : 'repositories';
    if (path === '/v1/repository') {
      return { repository: { name: 'one', domainName: 'analytics', domainOwner: '111122223333' } };
    }
    const all = prefix ? 10 : count[kind];
    const end = Math.min(all, start + size);
    const rows = Array.from({ length: Math.max(0, end - start) }, (_, i) =>
      kind === 'packages'
        ? { format: 'pypi', package: `${prefix || 'package-'}${start + i}` }
        : { name: `team-${start + i}`, domainName: 'analytics', domainOwner: '111122223333', description: '' }
    );
    return { [kind]: rows, ...(end < all ? { nextToken: String(end) } : {}) };
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holds: (kind, wanted) => void (count[kind] = wanted),
    asked: () => [requests, (requests = 0)][0] as number,
    close: () => void server.close()
  };
}
