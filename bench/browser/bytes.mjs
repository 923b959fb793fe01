import { gzipSync } from 'node:zlib';

/** What a page loads of ours, as it comes over the wire: heads and bodies, compressed where the server does that. */
export async function countBytes(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('jupyterlab-codeartifact')) {
      requests.set(requestId, { url: request.url, method: request.method, wire: 0 });
    }
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const headers = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]);
    Object.assign(requests.get(requestId) ?? {}, {
      encoding: Object.fromEntries(headers)['content-encoding'] ?? 'none'
    });
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    const request = requests.get(requestId);
    if (request) {
      request.plain = (request.plain ?? 0) + dataLength;
    }
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    Object.assign(requests.get(requestId) ?? {}, { wire: encodedDataLength });
  });
  return {
    /** What came since the last call; `gzip` is what it would be where a server or a proxy compresses. */
    take: async () => {
      for (const [requestId, request] of requests) {
        const { body } = await session
          .send('Network.getResponseBody', { requestId })
          .catch(() => ({ body: '' }));
        request.gzip =
          body && request.encoding === 'none'
            ? request.wire - (request.plain ?? 0) + gzipSync(body).length
            : request.wire;
      }
      const taken = [...requests.values()].map(({ url, ...rest }) => ({
        path: new URL(url).pathname,
        ...rest
      }));
      requests.clear();
      return taken;
    }
  };
}
