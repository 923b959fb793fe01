import fc from 'fast-check';
import { failureFromNode } from './node-error';

const AT = { phase: 'tcp', host: 'codeartifact.eu-central-1.amazonaws.com', port: 443 } as const;
const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

describe('failureFromNode', () => {
  it('looks into an AggregateError, whose own message is empty, and keeps its addresses', () => {
    const error = new AggregateError(
      [coded('ENETUNREACH', { address: '2600::1' }), coded('ETIMEDOUT', { address: '10.0.1.41' })],
      ''
    );
    const failure = failureFromNode(error, AT);
    expect(failure).toMatchObject({ verdict: 'timeout', cause: 'tcp_silent' });
    expect(failure.evidence.addresses).toEqual([
      { address: '2600::1', error: 'ENETUNREACH' },
      { address: '10.0.1.41', error: 'ETIMEDOUT' }
    ]);
  });

  it('takes the same code for another thing at another phase', () => {
    const cause = (phase: 'dns' | 'tcp' | 'tls' | 'http', code: string) =>
      failureFromNode(coded(code), { ...AT, phase }).cause;
    expect(cause('dns', 'ECONNREFUSED')).toBe('dns_server_unreachable');
    expect(cause('tcp', 'ECONNREFUSED')).toBe('tcp_refused');
    expect(cause('tls', 'ECONNRESET')).toBe('tls_reset');
    expect(cause('http', 'ECONNRESET')).toBe('tcp_reset');
    const cutAtConnect = Object.assign(coded('ECONNRESET'), { syscall: 'connect' });
    expect(failureFromNode(cutAtConnect, { ...AT, phase: 'tcp' }).cause).toBe('tcp_reset');
    expect(failureFromNode(cutAtConnect, { ...AT, phase: 'tls' }).cause).toBe('tls_reset');
    expect(failureFromNode(cutAtConnect, { ...AT, phase: 'http' }).cause).toBe('tcp_reset');
    expect(cause('tls', 'ETIMEDOUT')).toBe('tls_silent');
    expect(cause('http', 'HPE_INVALID_CONSTANT')).toBe('http_garbage');
  });

  it('tells a cap from a person who cancels', () => {
    const abort = Object.assign(new Error('The operation was aborted'), {
      name: 'AbortError',
      code: 'ABORT_ERR'
    });
    expect(failureFromNode(abort, AT).verdict).toBe('cancelled');
    expect(failureFromNode(abort, { ...AT, waitedMs: 3300 }).verdict).toBe('timeout');
  });

  it('says in a timeout where the name led and how long it waited', () => {
    const say = (addressClass: 'private' | 'public' | 'loopback') =>
      failureFromNode(coded('ETIMEDOUT'), {
        ...AT,
        addressClass,
        waitedMs: 3304,
        addresses: [{ address: '10.0.1.41' }]
      }).summary;
    expect(say('private')).toBe(
      'The endpoint is there, but nothing answers. Most likely its security group does not let this notebook in. No answer from codeartifact.eu-central-1.amazonaws.com (private address 10.0.1.41) on port 443 in 3.3 s.'
    );
    expect(say('public')).toContain('the endpoint is missing from this VPC, or its private DNS is off');
    expect(say('loopback')).toContain('leads to this machine itself');
  });

  it('carries issuer, code and waiting time as evidence', () => {
    const failure = failureFromNode(coded('SELF_SIGNED_CERT_IN_CHAIN'), {
      ...AT,
      phase: 'tls',
      issuer: 'O=Example',
      addressClass: 'public',
      waitedMs: 12
    });
    expect(failure.evidence).toEqual({
      host: AT.host,
      port: 443,
      addressClass: 'public',
      waitedMs: 12,
      issuer: 'O=Example',
      code: 'SELF_SIGNED_CERT_IN_CHAIN'
    });
  });

  it('never throws and always has a sentence', () => {
    const phases = fc.constantFrom('dns', 'tcp', 'tls', 'http');
    fc.assert(
      fc.property(fc.anything(), phases, (error, phase) =>
        failureFromNode(error, { ...AT, phase: phase as 'dns' }).summary.endsWith('.')
      ),
      { numRuns: 2000, seed: 4 }
    );
  });
});
