import type { Check, CheckContext } from '../diagnosis';
import { failedCheck, notNeeded } from '../check-result';
import { toolsWarning } from './tools-warning';

/** What pip will really use. A Connect writes the files first; everything below has held by then. */
export const tools: Check = {
  needs: ['endpoint'],
  shortened: ({ writes, hostKnown }) =>
    writes ? { needs: ['index'] } : hostKnown ? { needs: ['environment'] } : undefined,
  finishes: true,
  async run(run, signal) {
    const { deps, request, findings } = run;
    const indexUrl = findings.indexUrl ?? request.cached?.indexUrl ?? findings.repository.endpoint?.url ?? '';
    if (request.mode === 'connect' && deps.finish) {
      const written = await deps.finish(granted(run, indexUrl), signal);
      if (!written.ok) {
        return failedCheck(written.failure);
      }
    }
    if (!deps.inspectTools) {
      return notNeeded('Not looked at.');
    }
    const report = await deps.inspectTools(indexUrl);
    findings.files = report.files;
    findings.kernels = report.kernels;
    const connected = request.mode === 'connect' || Boolean(request.cached);
    const warning = connected ? toolsWarning(report) : undefined;
    return { kind: 'ok', summary: report.summary, evidence: report.evidence, ...(warning && { warning }) };
  }
};

function granted({ request, findings }: CheckContext, indexUrl: string) {
  const { token, region, credentials } = findings;
  if (!token || !region) {
    throw new Error('the last rung was reached without a token');
  }
  return {
    ...token,
    indexUrl,
    region: region.region,
    domainOwner:
      request.settings.domainOwner ||
      ownerIn(findings.repositoryEndpoint ?? '') ||
      credentials?.accountId ||
      '',
    ...(credentials?.expiresAt === undefined ? {} : { credentialsExpireAt: credentials.expiresAt })
  };
}

/** The owner's account in a repository endpoint's own name, `DOMAIN-OWNER.d.codeartifact…` or `/d/DOMAIN-OWNER/`. */
export const ownerIn = (endpoint: string): string =>
  /^https?:\/\/[a-z][a-z0-9-]*-(\d{12})\./.exec(endpoint)?.[1] ??
  /\/d\/[a-z][a-z0-9-]*-(\d{12})\//.exec(endpoint)?.[1] ??
  '';
