import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeClients } from '../../src/engine/aws/sdk-client';
import { loopback } from '../fixtures/aws/loopback-server';
import { CALLS, type Came, type RetriedCall } from './calls';

export const FAULTS = ['500', '503, Retry-After: 1', 'throttled', 'connection reset'] as const;
export type FaultKind = (typeof FAULTS)[number];

/** How many answers in a row are the fault; `stays`: all. */
export const COUNTS = [1, 2, 3, 'stays'] as const;

export interface RetryRow extends Came {
  readonly call: string;
  readonly fault: FaultKind;
  readonly count: (typeof COUNTS)[number];
  readonly ms: number;
}

/** The fault as the service would say it. */
function spoil(
  form: RetriedCall['form'],
  fault: FaultKind,
  request: IncomingMessage,
  response: ServerResponse
): void {
  const say = (status: number, type: string, headers: Record<string, string> = {}): void => {
    if (form === 'sts') {
      response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r', ...headers });
      response.end(`<ErrorResponse><Error><Code>${type}</Code><Message>m</Message></Error></ErrorResponse>`);
      return;
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-errortype': type,
      'x-amzn-requestid': 'r',
      ...headers
    });
    response.end('{"message":"m"}');
  };
  switch (fault) {
    case '500':
      return say(500, 'InternalServerException');
    case '503, Retry-After: 1':
      return say(503, 'ServiceUnavailable', { 'retry-after': '1' });
    case 'throttled':
      return form === 'sts'
        ? say(400, 'Throttling')
        : say(429, form === 'sso' ? 'TooManyRequestsException' : 'ThrottlingException');
    case 'connection reset':
      request.socket.resetAndDestroy();
  }
}

async function row(call: RetriedCall, fault: FaultKind, count: RetryRow['count']): Promise<RetryRow> {
  let asked = 0;
  const server = await loopback((request, response) => {
    asked += 1;
    if (count === 'stays' || asked <= count) {
      spoil(call.form, fault, request, response);
    } else {
      call.answer(request.url ?? '', response);
    }
  });
  const started = performance.now();
  const result = await call.ask(server.url);
  const ms = Math.round((performance.now() - started) / 10) * 10;
  await server.close();
  return { call: call.name, fault, count, ms, ...result };
}

/** Every call with every fault, one, two, three times and always. */
export async function retryTable(
  faults: readonly FaultKind[] = FAULTS,
  counts: readonly RetryRow['count'][] = COUNTS
): Promise<RetryRow[]> {
  const rowsOf = async (call: RetriedCall): Promise<RetryRow[]> => {
    const each = faults.map(async fault => {
      const mine: RetryRow[] = [];
      for (const count of counts) {
        mine.push(await row(call, fault, count));
      }
      return mine;
    });
    return (await Promise.all(each)).flat();
  };
  const others = Promise.all(CALLS.filter(({ form }) => form !== 'codeartifact').map(rowsOf));
  const rows: RetryRow[] = [];
  // One after the other: few clients of the API are kept at a time.
  for (const call of CALLS.filter(({ form }) => form === 'codeartifact')) {
    rows.push(...(await rowsOf(call)));
  }
  rows.push(...(await others).flat());
  closeClients();
  return rows;
}
