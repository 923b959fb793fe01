import type { Climber, Run } from '../run';
import { broke, notNeeded } from '../step';
import { shadowWarning } from './shadow-fix';

/** What pip will really use. A Connect writes the files first; everything below has held by then. */
export const tools: Climber = async (run, signal) => {
  const { deps, request, found } = run;
  const indexUrl = found.indexUrl ?? request.cached?.indexUrl ?? found.repository.place?.url ?? '';
  if (request.mode === 'connect' && deps.finish) {
    const written = await deps.finish(granted(run, indexUrl), signal);
    if (!written.ok) {
      return broke(written.failure);
    }
  }
  if (!deps.inspectTools) {
    return notNeeded('Not looked at.');
  }
  const report = await deps.inspectTools(indexUrl);
  found.files = report.files;
  found.kernels = report.kernels;
  const connected = request.mode === 'connect' || Boolean(request.cached);
  const warning = connected ? shadowWarning(report) : undefined;
  return { kind: 'ok', summary: report.summary, evidence: report.evidence, ...(warning && { warning }) };
};

function granted({ request, found }: Run, indexUrl: string) {
  const { token, region, credentials } = found;
  if (!token || !region) {
    throw new Error('the last rung was reached without a token');
  }
  return {
    ...token,
    indexUrl,
    region: region.region,
    domainOwner:
      request.settings.domainOwner || ownerIn(found.repositoryEndpoint ?? '') || credentials?.accountId || '',
    ...(credentials?.expiresAt === undefined ? {} : { credentialsExpireAt: credentials.expiresAt })
  };
}

/** The owner's account in a repository endpoint's own name, `DOMAIN-OWNER.d.codeartifact…` or `/d/DOMAIN-OWNER/`. */
export const ownerIn = (endpoint: string): string =>
  /^https?:\/\/[a-z][a-z0-9-]*-(\d{12})\./.exec(endpoint)?.[1] ??
  /\/d\/[a-z][a-z0-9-]*-(\d{12})\//.exec(endpoint)?.[1] ??
  '';
