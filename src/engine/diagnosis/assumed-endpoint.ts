import { environmentEndpoint } from '../core/settings/endpoints';
import { indexUrl } from '../core/settings/index-url';
import { type Endpoint, endpointOf } from './findings';
import { pipProxy } from './pip-proxy';
import type { DiagnosisRequest, DiagnosisDeps, CheckContext } from './diagnosis';

/**
 * Whether the repository endpoint's host is known before AWS is asked: then its probes need not wait for
 * the API, and a path that is broken at both endpoints is told in one go. Not where the environment names the
 * API: what that one answers with is anybody's guess.
 */
export function hostIsKnown(request: DiagnosisRequest, { runtime }: Pick<DiagnosisDeps, 'runtime'>): boolean {
  const { settings, cached } = request;
  return (
    Boolean(cached?.indexUrl) ||
    settings.repositoriesEndpoint !== '' ||
    (settings.domain !== '' && settings.domainOwner !== '' && environmentEndpoint(runtime.env) === undefined)
  );
}

/** Where the repository endpoint will be, or undefined when only AWS can tell. */
export function assumedEndpoint(run: CheckContext): Endpoint | undefined {
  const { deps, request, findings } = run;
  if (!hostIsKnown(request, deps)) {
    return undefined;
  }
  const { settings, cached } = request;
  const region = findings.region?.region ?? '';
  const host = settings.domainOwner === '' ? settings.repositoriesEndpoint : '';
  const url = cached?.indexUrl || host || indexUrl('', settings, region);
  return endpointOf(url, pipProxy(run, url));
}
