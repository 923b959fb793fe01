import { jsonAnswer, type Answer } from '../http/answer';
import type { Call } from '../http/call';
import { verify } from '../sigv4/verify';
import { inRegionOf } from '../world/other-region';
import { actingAs, keyOf } from '../world/acting-as';
import { serviceTime, type Route, type State } from '../world/state';
import { ApiError, errorAnswer, validation } from './api-error';
import { describeDomain } from './describe-domain';
import { describeRepository } from './describe-repository';
import { getAuthorizationToken } from './get-authorization-token';
import { getRepositoryEndpoint } from './get-repository-endpoint';
import { listDomains } from './list-domains';
import { listPackageVersions } from './list-package-versions';
import { listPackages } from './list-packages';
import { listRepositories } from './list-repositories';
import { listRepositoriesInDomain } from './list-repositories-in-domain';
import type { Operation } from './operation';

/** Method and path of each call: botocore's codeartifact/2018-09-22 model. */
export const operations: Record<string, [name: string, operation: Operation]> = {
  'POST /v1/authorization-token': ['GetAuthorizationToken', getAuthorizationToken],
  'GET /v1/repository/endpoint': ['GetRepositoryEndpoint', getRepositoryEndpoint],
  'POST /v1/domains': ['ListDomains', listDomains],
  'POST /v1/repositories': ['ListRepositories', listRepositories],
  'POST /v1/domain/repositories': ['ListRepositoriesInDomain', listRepositoriesInDomain],
  'GET /v1/domain': ['DescribeDomain', describeDomain],
  'GET /v1/repository': ['DescribeRepository', describeRepository],
  'POST /v1/packages': ['ListPackages', listPackages],
  'POST /v1/package/versions': ['ListPackageVersions', listPackageVersions]
};

export function operationName(call: Call): string {
  return operations[`${call.method} ${call.path}`]?.[0] ?? 'unknown';
}

export function readInput(call: Call): Record<string, unknown> {
  if (call.body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(call.body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // falls through to the refusal below
  }
  throw new ApiError('SerializationException', 400, 'The body is not a JSON object.');
}

/** The control plane: signature, then operation; every error in AWS's shape. */
export function serveApi(whole: State, route: Route, call: Call): Answer {
  const state = inRegionOf(whole, call);
  try {
    const judged = verify(call, {
      region: state.world.region,
      service: 'codeartifact',
      now: serviceTime(state),
      keys: id => keyOf(state, id)
    });
    if ('code' in judged) throw new ApiError(judged.code, 403, judged.message);
    const found = operations[`${call.method} ${call.path}`];
    if (found === undefined)
      throw new ApiError('UnknownOperationException', 404, `The operation is not known: ${call.path}`);
    if (call.query.getAll('domain').length > 1) throw validation('The query names the domain twice.');
    const caller = actingAs(state, judged.accessKeyId);
    return jsonAnswer(200, found[1]({ state: caller, route, query: call.query, input: readInput(call) }));
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}
