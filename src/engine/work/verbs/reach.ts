import type { AwsCalls } from '../../outside/aws/calls';
import { apiEndpoint, trustedHosts } from '../../pure/settings/endpoints';
import { checkEndpoint } from '../../pure/settings/allowed-hosts';
import { done, type Outcome } from '../../pure/verdicts/failure';
import type { VerbDeps } from './deps';
import type { Prepared } from './prepare';

/** The API with an identity, without climbing the ladder: for listings. */
export interface Reach {
  readonly calls: AwsCalls;
  readonly region: string;
  /** The caller's own account, when the credentials' source tells it. */
  readonly accountId?: string;
  readonly roleArn?: string;
}

/** Region, endpoint and credentials, as the ladder finds them. */
export async function reach(
  deps: VerbDeps,
  prepared: Prepared,
  signal: AbortSignal
): Promise<Outcome<Reach>> {
  const { world } = deps;
  const { aws, readText } = deps.ladder;
  const { settings, allowedEndpointHosts } = prepared;
  const region = await aws.findRegion(world, settings, readText, signal);
  if (!region.ok) {
    return region;
  }
  const name = region.value.region;
  const endpoint = apiEndpoint(settings, name, world.env, region.value.profileEndpoint);
  const allowed = checkEndpoint(endpoint.url, {
    region: name,
    allowedEndpointHosts,
    trustedHosts: trustedHosts(world.env)
  });
  if (!allowed.ok) {
    return allowed;
  }
  const credentials = await aws.findCredentials(
    world,
    { profile: settings.profile, region: name, readText },
    signal
  );
  if (!credentials.ok) {
    return credentials;
  }
  const calls = aws.createCalls({
    world,
    region: name,
    endpoint: endpoint.url,
    endpointType: settings.endpointType,
    credentials: credentials.value
  });
  return done({
    calls,
    region: name,
    accountId: credentials.value.accountId,
    roleArn: credentials.value.principal
  });
}
