import { findCaBundle } from '../../aws/ca-bundle';
import { proxyFor, type ProxyChoice, shownProxy } from '../../core/proxy';
import { apiEndpoint, SETTING, trustedHosts } from '../../core/settings/endpoints';
import { checkEndpoint } from '../../core/settings/allowed-hosts';
import { assumedEndpoint } from '../assumed-endpoint';
import { endpointOf } from '../findings';
import type { Check, CheckContext } from '../diagnosis';
import { pipProxy } from '../pip-proxy';
import { concern, type Concern, failedCheck, passed } from '../check-result';
import { indexTrusts, ourTrust } from '../index-trust';
import { pipCertificates, systemBundle } from './pip-certificates';
import { shadowingVariables } from './environment-variables';
import { SAGEMAKER_METADATA, sageMakerNotebook } from '../sagemaker-metadata';
import { trans } from '../../core/say';

/**
 * Everything that is decided before the first packet: Region (one without CodeArtifact ends here), endpoints and
 * whether they may be asked, proxies, certificates to trust, variables that shadow files.
 */
export const environment: Check = {
  needs: [],
  async run(run, signal) {
    const { deps, request, findings } = run;
    const { settings, allowedEndpointHosts } = request;
    const { runtime } = deps;
    const { env } = runtime;
    const [region, metadata] = await Promise.all([
      deps.aws.findRegion(runtime, { ...settings, profileBy: request.profileBy }, deps.readText, signal),
      deps.readText(SAGEMAKER_METADATA)
    ]);
    findings.notebook = sageMakerNotebook(metadata ?? undefined);
    if (!region.ok) {
      return failedCheck(region.failure);
    }
    findings.region = region.value;
    const name = region.value.region;
    const api = apiEndpoint(settings, name, env, region.value.endpoint);
    findings.apiEndpoint = api;
    const rules = { region: name, allowedEndpointHosts, trustedHosts: trustedHosts(env) };
    const allowed = checkEndpoint(api.url, rules, api.source === SETTING ? 'apiEndpoint' : api.source);
    if (!allowed.ok) {
      return failedCheck(allowed.failure);
    }
    findings.pipNetwork = await deps.pipNetwork?.();
    findings.api.endpoint = endpointOf(api.url, proxyFor(api.url, env, 'aws'));
    findings.repository.endpoint = assumedEndpoint(run);
    const ca = await findCaBundle(runtime, settings.profile, deps.readText);
    if (!ca.ok && findings.api.endpoint.secure) {
      return failedCheck(ca.failure);
    }
    findings.ca = ca.ok && ca.value ? ca.value : undefined;
    const certificates = await pipCertificates(runtime, deps.readText, findings.pipNetwork);
    findings.trusts = await indexTrusts(run, certificates.ca, await systemBundle(env, deps.readText));
    findings.indexCa = ourTrust(findings);
    const proxies = proxiesOf(run);
    const evidence = {
      region: name,
      regionSource: region.value.source,
      apiEndpoint: api.url,
      apiEndpointSource: api.source,
      node: process.version,
      ...proxies.evidence,
      ...(findings.ca ? { caBundle: findings.ca.path } : {}),
      ...certificates.evidence,
      ...shadowingVariables(env)
    };
    return passed(
      trans.__('%1, from %2', name, region.value.source),
      evidence,
      proxies.concern ?? certificates.concern
    );
  }
};

/** Which proxy the AWS CLI and pip would take, and where they would go different ways. */
function proxiesOf(run: CheckContext): { evidence: Record<string, unknown>; concern?: Concern } {
  const { env } = run.deps.runtime;
  const { api, repository } = run.findings;
  const ofAws = api.endpoint?.proxy ?? null;
  const index = repository.endpoint?.url ?? api.endpoint?.url ?? '';
  const ofPip = pipProxy(run, index);
  const noProxy = env.no_proxy || env.NO_PROXY;
  const evidence = {
    ...(ofAws ? { proxy: shownProxy(ofAws), proxyVariable: ofAws.variable } : {}),
    ...(ofPip ? { pipProxy: shownProxy(ofPip), pipProxyVariable: ofPip.variable } : {}),
    ...(noProxy ? { noProxy } : {})
  };
  const about = proxyConcern(ofAws, ofPip);
  return about ? { evidence, concern: about } : { evidence };
}

function proxyConcern(ofAws: ProxyChoice | null, ofPip: ProxyChoice | null): Concern | undefined {
  const aws = ofAws && { proxy: shownProxy(ofAws), proxyVariable: ofAws.variable };
  const pip = ofPip && { pipProxy: shownProxy(ofPip), pipProxyVariable: ofPip.variable };
  if (pip) {
    return aws ? concern('proxy_for_both', { ...aws, ...pip }) : concern('proxy_for_pip', pip);
  }
  return aws ? concern('proxy_for_aws', aws) : undefined;
}
