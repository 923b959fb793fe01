import type { ServerResponse } from 'node:http';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Sends with the service's own clock in `Date`: it is what a client measures its skew by. */
export function send(response: ServerResponse, answer: Answer, at: number, method = 'GET'): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  response.sendDate = false;
  response.writeHead(answer.status, {
    date: new Date(at).toUTCString(),
    'content-length': String(body.length),
    ...answer.headers
  });
  response.end(method === 'HEAD' ? undefined : body);
}
