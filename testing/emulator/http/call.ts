import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire: nothing decoded, so that a signature can be checked byte for byte. */
export interface Call {
  method: string;
  /** Path without the query, still percent-encoded. */
  path: string;
  /** Query without `?`, still percent-encoded. */
  rawQuery: string;
  query: URLSearchParams;
  /** Lower-case names; a header sent twice has two values. */
  headers: Map<string, string[]>;
  body: Buffer;
}

/** twine sends wheels; 64 MiB is far above any that a test makes. */
const bodyLimit = 64 * 1024 * 1024;

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error('the request body is larger than 64 MiB');
    chunks.push(chunk);
  }
  const headers = new Map<string, string[]>();
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i].toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), request.rawHeaders[i + 1]]);
  }
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers,
    body: Buffer.concat(chunks)
  };
}

export function header(call: Call, name: string): string | undefined {
  return call.headers.get(name)?.[0];
}
