import { findCaBundle } from '../../../outside/aws/ca-bundle';
import { proxyFor, type ProxyChoice, shownProxy } from '../../../outside/network/proxy';
import { apiEndpoint, trustedHosts } from '../../../pure/settings/endpoints';
import { checkEndpoint } from '../../../pure/settings/allowed-hosts';
import type { Failure } from '../../../pure/verdicts/failure';
import { assumedPlace } from '../assumed-place';
import { placeOf } from '../found';
import type { Climber, Run } from '../run';
import { broke, ok } from '../step';
import { pipCertificates } from './pip-certificates';
import { shadowingVariables } from './shadowing-variables';

/** SageMaker writes the notebook instance's name here. */
const SAGEMAKER_METADATA = '/opt/ml/metadata/resource-metadata.json';

/**
 * Everything that is decided before the first packet: Region (one without CodeArtifact ends here), endpoints and
 * whether they may be asked, proxies, certificates to trust, variables that shadow files.
 */
export const environment: Climber = async (run, signal) => {
  const { deps, request, found } = run;
  const { settings, allowedEndpointHosts } = request;
  const { world } = deps;
  const { env } = world;
  const [region, metadata] = await Promise.all([
    deps.aws.findRegion(world, settings, deps.readText, signal),
    deps.readText(SAGEMAKER_METADATA)
  ]);
  found.notebookInstance = /"ResourceName"\s*:\s*"([A-Za-z0-9-]{1,63})"/.exec(metadata ?? '')?.[1];
  if (!region.ok) {
    return broke(region.failure);
  }
  found.region = region.value;
  const name = region.value.region;
  const api = apiEndpoint(settings, name, env, region.value.profileEndpoint);
  found.apiEndpoint = api;
  const rules = { region: name, allowedEndpointHosts, trustedHosts: trustedHosts(env) };
  const allowed = checkEndpoint(api.url, rules, 'apiEndpoint');
  if (!allowed.ok) {
    return broke(allowed.failure);
  }
  found.api.place = placeOf(api.url, proxyFor(api.url, env, 'aws'));
  found.repository.place = assumedPlace(run);
  const ca = await findCaBundle(world, settings.profile, deps.readText);
  if (!ca.ok && found.api.place.secure) {
    return broke(ca.failure);
  }
  found.ca = ca.ok && ca.value ? ca.value : undefined;
  const certificates = await pipCertificates(world, deps.readText, found.ca?.pem);
  found.pipCa = certificates.ca;
  const proxies = proxiesOf(run);
  const evidence = {
    region: name,
    regionSource: region.value.source,
    apiEndpoint: api.url,
    apiEndpointSource: api.source,
    node: process.version,
    ...proxies.evidence,
    ...(found.ca ? { caBundle: found.ca.path } : {}),
    ...certificates.evidence,
    ...shadowingVariables(env)
  };
  return ok(`${name}, from ${region.value.source}`, evidence, proxies.concern ?? certificates.concern);
};

/** Which proxy the AWS CLI and pip would take, and where they would go different ways. */
function proxiesOf(run: Run): { evidence: Record<string, unknown>; concern?: Failure } {
  const { env } = run.deps.world;
  const { api, repository } = run.found;
  const ofAws = api.place?.proxy ?? null;
  const index = repository.place?.url ?? api.place?.url ?? '';
  const ofPip = proxyFor(index, env, 'pip');
  const noProxy = env.no_proxy || env.NO_PROXY;
  const evidence = {
    ...(ofAws ? { proxy: shownProxy(ofAws), proxyVariable: ofAws.variable } : {}),
    ...(ofPip ? { pipProxy: shownProxy(ofPip), pipProxyVariable: ofPip.variable } : {}),
    ...(noProxy ? { noProxy } : {})
  };
  const said = sentence(ofAws, ofPip);
  return said
    ? { evidence, concern: { verdict: 'proxy', cause: 'http_proxy_page', summary: said, evidence } }
    : { evidence };
}

function sentence(ofAws: ProxyChoice | null, ofPip: ProxyChoice | null): string {
  const shown = (choice: ProxyChoice) => `the proxy ${shownProxy(choice)} (${choice.variable})`;
  if (ofAws && ofPip) {
    return `NO_PROXY does not name CodeArtifact's hosts: AWS calls and pip go through ${shown(ofPip)}.`;
  }
  if (ofPip) {
    return `pip goes through ${shown(ofPip)}, although the AWS calls do not.`;
  }
  return ofAws ? `AWS calls go through ${shown(ofAws)}, although pip does not.` : '';
}
