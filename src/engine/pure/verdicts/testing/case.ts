import type { FailureVerdict } from '../../../../protocol/verdict';
import type { Fixer } from '../../../../protocol/fix';
import type { Cause, Failure } from '../failure';
import type { FixFacts } from '../fix-facts';
import { failureFromAws } from '../from-aws';
import { failureFromIndex } from '../from-index';
import { failureFromNode, type NetworkPlace } from '../from-node';
import { ACTIONS, PRINCIPALS } from './denial-texts';
import { FACTS } from './fix-samples';

/**
 * One broken hop: what is seen, and what must be said. `row` names the row of the table of 32 symptoms
 * ("2b.6") or of the table of missing pieces ("4.3 no api endpoint") that the case is of.
 */
export interface Case {
  readonly row: string;
  readonly failure: Failure;
  readonly facts: Partial<FixFacts>;
  readonly verdict: FailureVerdict;
  readonly cause: Cause;
  /** Words that the summary must have. */
  readonly says: RegExp;
  readonly who: Fixer;
  /** Words that the fix (text and snippets) must have. */
  readonly fix: RegExp;
}

export const API = FACTS.apiHost;
export const REPOSITORY = FACTS.repositoryHost;

export const node = (code: string, at: Partial<NetworkPlace>, more: object = {}): Failure =>
  failureFromNode(Object.assign(new Error(code || 'silent'), code === '' ? {} : { code }, more), {
    phase: 'tcp',
    host: API,
    port: 443,
    ...at
  });

export const dns = (code: string): Failure => node(code, { phase: 'dns', waitedMs: 1800 });

/** A cap ended it: Node's own timers and ours have no code. */
export const silent = (at: Partial<NetworkPlace>): Failure =>
  failureFromNode(Object.assign(new Error('timed out'), { name: 'TimeoutError' }), {
    phase: 'tcp',
    host: API,
    port: 443,
    waitedMs: 3300,
    ...at
  });

export const NOW = Date.UTC(2026, 10, 23, 14, 0, 0);
export const CALL = { operation: 'GetAuthorizationToken', host: API, nowMs: NOW };

export const at = (offsetSeconds: number): string => new Date(NOW + offsetSeconds * 1000).toUTCString();

interface Answer {
  readonly name: string;
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: object;
}

/** An error as the AWS SDK throws it. */
export const sdkError = ({ name, status, message = '', headers = {}, fields = {} }: Answer): Error =>
  Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: {
      httpStatusCode: status,
      requestId: name === 'SyntaxError' ? undefined : 'b0c1',
      attempts: 1
    },
    $response: { statusCode: status, headers: { date: at(0), ...headers } },
    ...fields
  });

export const aws = (answer: Answer): Failure => failureFromAws(sdkError(answer), CALL);

export const denied = (
  action: string,
  context: string,
  resource = `${'arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics'}`
): Failure =>
  aws({
    name: 'AccessDeniedException',
    status: 403,
    message: `User: ${PRINCIPALS[0]} is not authorized to perform: ${action} on resource: ${resource} ${context}`
  });

export const index = (status: number, body = '', contentType = 'application/json'): Failure =>
  failureFromIndex({ status, body, contentType }, { host: REPOSITORY, repository: 'isolatedsm' }) ?? {
    verdict: 'cancelled',
    cause: 'cancelled',
    summary: 'the index works',
    evidence: {}
  };

export const [TOKEN, BEARER, , READ] = ACTIONS;
export const PUBLIC = {
  addressClass: 'public',
  addresses: [{ address: '54.239.55.167', error: 'ETIMEDOUT' }]
} as const;
export const PRIVATE = {
  addressClass: 'private',
  addresses: [
    { address: '10.0.1.41', error: 'ETIMEDOUT' },
    { address: '10.0.2.87', error: 'ETIMEDOUT' }
  ]
} as const;

export const row = (
  name: string,
  failure: Failure,
  expected: readonly [FailureVerdict, Cause, RegExp, Fixer, RegExp],
  facts: Partial<FixFacts> = {}
): Case => {
  const [verdict, cause, says, who, fix] = expected;
  return { row: name, failure, facts, verdict, cause, says, who, fix };
};
