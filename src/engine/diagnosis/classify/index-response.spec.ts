import { failureFromIndex } from './index-response';

const HOST = {
  host: 'analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com',
  repository: 'isolatedsm'
};
const HTML = 'text/html; charset=utf-8';
const PAGE = '<!DOCTYPE html><html><body>Blocked by policy</body></html>';

const ANSWERS: readonly (readonly [string, number, string, string, readonly [string, string] | null])[] = [
  ['a simple page', 200, HTML, '<!DOCTYPE html><html><body><a href="six/">six</a></body></html>', null],
  [
    'an empty simple page',
    200,
    HTML,
    '<html><head><title>Simple index</title></head><body></body></html>',
    null
  ],
  ['PEP 691 JSON', 200, 'application/vnd.pypi.simple.v1+json', '{"projects":[]}', null],
  ['a sign-in page with 200', 200, HTML, PAGE, ['proxy', 'http_proxy_page']],
  ['something else with 200', 200, 'text/plain', 'hello', ['service_error', 'http_garbage']],
  ['a redirect', 302, '', '', ['proxy', 'http_proxy_page']],
  ['401', 401, '', '', ['expired_credentials', 'index_unauthorized']],
  ['403 of AWS', 403, 'application/json', '{"message":"no"}', ['access_denied', 'index_denied']],
  ['403 of a proxy', 403, HTML, PAGE, ['proxy', 'http_proxy_page']],
  ['403 of a proxy that names no type', 403, '', PAGE, ['proxy', 'http_proxy_page']],
  ['404', 404, '', '', ['not_found', 'index_not_found']],
  ['407', 407, HTML, PAGE, ['proxy', 'http_proxy_auth']],
  ['429', 429, '', '', ['throttled', 'throttled']],
  ['500', 500, '', '', ['service_error', 'aws_fault']],
  ['503 of a proxy', 503, HTML, PAGE, ['proxy', 'http_proxy_page']],
  ['418', 418, '', '', ['service_error', 'rejected']]
];

describe('failureFromIndex', () => {
  it('finds the policy in the message of a JSON body', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/notebook-role/SageMaker is not authorized to perform: codeartifact:ReadFromRepository on resource: arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/isolatedsm with an explicit deny in a resource-based policy';
    const body = JSON.stringify({ message });
    const failure = failureFromIndex({ status: 403, contentType: 'application/json', body }, HOST);
    expect(failure?.evidence).toMatchObject({ policyType: 'resource', explicit: true });
  });

  it.each(ANSWERS)('%s', (_, status, contentType, body, expected) => {
    const failure = failureFromIndex({ status, contentType, body }, HOST);
    expect(failure === null ? null : [failure.verdict, failure.cause]).toEqual(expected);
  });

  it("names what was asked where the index does not, and AWS's own word where it does", () => {
    const actionOf = (message: string) =>
      failureFromIndex(
        { status: 403, contentType: 'application/json', body: JSON.stringify({ message }) },
        HOST
      )?.evidence.action;
    expect(actionOf('Forbidden')).toBe('codeartifact:ReadFromRepository');
    const user = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform:';
    expect(
      actionOf(`${user} kms:Decrypt because no identity-based policy allows the kms:Decrypt action`)
    ).toBe('kms:Decrypt');
  });

  it('reads a denial that the index spells out', () => {
    const body = JSON.stringify({
      message:
        'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: codeartifact:ReadFromRepository because no VPC endpoint policy allows the codeartifact:ReadFromRepository action'
    });
    expect(
      failureFromIndex({ status: 403, contentType: 'application/json', body }, HOST)?.evidence
    ).toMatchObject({
      policyType: 'vpc_endpoint',
      action: 'codeartifact:ReadFromRepository',
      status: 403
    });
  });
});
