import { proxyFor } from '../../outside/network/proxy';
import { environmentEndpoint } from '../../pure/settings/endpoints';
import { indexUrl } from '../../pure/settings/index-url';
import { type Place, placeOf } from './found';
import type { ClimbRequest, LadderDeps, Run } from './run';

/**
 * Whether the repository endpoint's host is known before AWS is asked: then its probes need not wait for
 * the API, and a path that is broken at both endpoints is told in one go. Not where the environment names the
 * API: what that one answers with is anybody's guess.
 */
export function hostIsKnown(request: ClimbRequest, { world }: Pick<LadderDeps, 'world'>): boolean {
  const { settings, cached } = request;
  return (
    Boolean(cached?.indexUrl) ||
    settings.repositoriesEndpoint !== '' ||
    (settings.domain !== '' && settings.domainOwner !== '' && environmentEndpoint(world.env) === undefined)
  );
}

/** Where the repository endpoint will be, or undefined when only AWS can tell. */
export function assumedPlace({ deps, request, found }: Run): Place | undefined {
  if (!hostIsKnown(request, deps)) {
    return undefined;
  }
  const { settings, cached } = request;
  const region = found.region?.region ?? '';
  const host = settings.domainOwner === '' ? settings.repositoriesEndpoint : '';
  const url = cached?.indexUrl || host || indexUrl('', settings, region);
  return placeOf(url, proxyFor(url, deps.world.env, 'pip'));
}
