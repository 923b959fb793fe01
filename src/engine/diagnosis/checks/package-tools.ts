import type { Check, CheckContext } from '../diagnosis';
import { type CheckResult, failedCheck, notNeeded } from '../check-result';
import { askNetwork } from './open-questions';
import { type ToolsTrouble, toolsTrouble, toolsWarning } from './tools-warning';
import type { ToolsReport } from '../../tools/inspect';

/**
 * What the package tools will really use. A Connect writes the files first; everything below has held by then. `ok`
 * means that each tool that is set up can install with all that it reads; what only slows it is a warning.
 */
export const tools: Check = async (run, signal) => {
  const { deps, request, findings } = run;
  const { cached, connection } = request;
  const indexUrl =
    findings.indexUrl ?? cached?.indexUrl ?? connection?.indexUrl ?? findings.repository.endpoint?.url ?? '';
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
  const ok: CheckResult = { kind: 'ok', summary: report.summary, evidence: report.evidence };
  if (request.mode !== 'connect' && !cached && !connection) {
    return ok;
  }
  if (connection && connection.expiresAt <= deps.runtime.clock.now()) {
    return tokenEnded(connection.expiresAt, report);
  }
  const { refusals, slow } = await askNetwork(run, report, signal);
  const trouble = toolsTrouble(report, refusals);
  if (trouble) {
    const login = report.ok && refusals.some(({ isLogin }) => isLogin);
    return shadowed(trouble, login ? 'expired_credentials' : 'write_failed', report, refusals[0]?.shadow);
  }
  const { indexMode, tools: chosen } = request.settings;
  const warning = toolsWarning(slow, indexMode === 'extra-index-url' && chosen.includes('pip'));
  return { ...ok, ...(warning && { warning }) };
};

/** Where something else stands in the way: the first line or variable is what the panel opens. */
function shadowed(
  { text, fix }: ToolsTrouble,
  verdict: 'expired_credentials' | 'write_failed',
  { evidence, shadows }: ToolsReport,
  refused: ToolsReport['shadows'][number] | undefined
): CheckResult {
  const { path, line } = shadows.find(shadow => shadow.line !== undefined) ?? refused ?? {};
  const place = path !== undefined && line !== undefined ? { path, line } : {};
  return failedCheck(
    { verdict, cause: 'tool_shadowed', summary: text, evidence: { ...evidence, ...place } },
    fix
  );
}

/** A new token could be had, and this diagnosis may just have had one; but it is not in the files. */
function tokenEnded(expiresAt: number, { evidence, files }: ToolsReport): CheckResult {
  const paths = files.map(({ path }) => path).join(', ');
  const ended = new Date(expiresAt).toISOString();
  return failedCheck({
    verdict: 'expired_credentials',
    cause: 'index_unauthorized',
    summary: `The token in the package tools' files${paths ? ` (${paths})` : ''} ended at ${ended}: the index refuses it until it is renewed.`,
    evidence: { ...evidence, expiresAt: ended }
  });
}

function granted({ request, findings }: CheckContext, indexUrl: string) {
  const { token, region, credentials } = findings;
  if (!token || !region) {
    throw new Error('the last check was reached without a token');
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
