import { TOOL } from '../../../protocol/tools';
import type { Evidence } from '../../../protocol/messages/evidence';
import { failure } from '../../core/failure';
import type { ToolsReport } from '../../tools/inspect';
import type { Shadow } from '../../tools/shadow';
import { type CheckResult, failedCheck, notNeeded } from '../check-result';
import type { Check, CheckContext } from '../diagnosis';
import { isOfCertificate, mayDiffer, seenByTools, trustFix } from '../index-trust';
import { askNetwork, type Refusal } from './open-questions';
import { toolsTrouble, toolsWarning } from './tools-warning';
import { trans } from '../../core/say';

/**
 * What the package tools will really use. A Connect writes the files first; everything below has held by then. `ok`
 * means that each tool that is set up can install with all that it reads; what only slows it is a warning.
 */
export const tools: Check = {
  needs: ['endpoint'],
  shortened: ({ writes, hostKnown }) =>
    writes ? { needs: ['index'] } : hostKnown ? { needs: ['environment'] } : undefined,
  finishes: true,
  async run(run, signal) {
    const { deps, request, findings } = run;
    const { cached, connection } = request;
    const indexUrl =
      findings.indexUrl ??
      cached?.indexUrl ??
      connection?.indexUrl ??
      findings.repository.endpoint?.url ??
      '';
    if (request.mode === 'connect' && deps.finish) {
      const written = await deps.finish(granted(run, indexUrl), signal);
      if (!written.ok) {
        return failedCheck(written.failure);
      }
    }
    if (!deps.inspectTools) {
      return notNeeded(trans.__('Not looked at.'));
    }
    const report = await deps.inspectTools(indexUrl);
    findings.files = report.files;
    findings.kernels = report.kernels;
    const isSetUp = request.mode === 'connect' || cached || connection;
    return isSetUp
      ? judge(run, report, signal)
      : { kind: 'ok', summary: report.summary, evidence: report.evidence };
  }
};

async function judge(run: CheckContext, report: ToolsReport, signal: AbortSignal): Promise<CheckResult> {
  const { connection, settings } = run.request;
  // A new token could be had, and this diagnosis may just have had one; but it is not in the files.
  if (connection && connection.expiresAt <= run.deps.runtime.clock.now()) {
    const expiresAt = new Date(connection.expiresAt).toISOString();
    return failedCheck(failure('stored_token_ended', { ...(report.evidence as Evidence), expiresAt }));
  }
  const [{ refusals: found, slow }, mistrust] = await Promise.all([
    askNetwork(run, report, signal),
    mistrusted(run, signal)
  ]);
  const refusals = [...found, ...mistrust];
  const trouble = toolsTrouble(report, refusals);
  // The connection is in use here; that a kernel's own environment overrides it may be meant.
  if (trouble && report.ok && refusals.every(({ kernel }) => kernel !== undefined)) {
    return { kind: 'ok', summary: report.summary, evidence: report.evidence, warning: trouble };
  }
  if (trouble) {
    const isLogin = report.ok && refusals.some(refusal => refusal.isLogin);
    const evidence = {
      ...placeOf(report.shadows, refusals[0]?.shadow),
      ...(report.evidence as Evidence),
      trouble: trouble.text
    };
    return failedCheck(failure(isLogin ? 'tool_login_refused' : 'tool_shadowed', evidence), trouble.fix);
  }
  const warning = toolsWarning(
    slow,
    settings.indexMode === 'extra-index-url' && settings.tools.includes('pip')
  );
  return { kind: 'ok', summary: report.summary, evidence: report.evidence, ...(warning && { warning }) };
}

/** Tools that do not take the index's certificate while another one does: where none does, its own check says so. */
async function mistrusted(run: CheckContext, signal: AbortSignal): Promise<Refusal[]> {
  const { endpoint, address } = run.findings.repository;
  if (!endpoint?.secure || !mayDiffer(run.findings)) {
    return [];
  }
  const seen = await seenByTools(run, endpoint, { address: address ?? endpoint.host }, signal);
  return seen.every(({ failure }) => failure)
    ? []
    : seen.flatMap(({ trust: { tool, by }, failure }) => {
        if (!failure || !isOfCertificate(failure)) {
          return [];
        }
        const issuer = failure.evidence.issuer ?? trans.__('an unknown authority');
        const what =
          by === undefined
            ? trans.__(
                'the certificate of %1, issued by %2, which %3 does not trust',
                endpoint.host,
                issuer,
                TOOL[tool].title
              )
            : trans.__(
                'the certificate of %1, issued by %2, which %3 does not trust, as %4 says',
                endpoint.host,
                issuer,
                TOOL[tool].title,
                by
              );
        return [{ tool, shadow: { by: what }, isLogin: false, fix: trustFix(tool) }];
      });
}

/** The first line that stands in the way, which the panel opens. */
function placeOf(
  shadows: readonly Shadow[],
  refused: Shadow | undefined
): { path: string; line: number } | object {
  const { path, line } = shadows.find(shadow => shadow.line !== undefined) ?? refused ?? {};
  return path !== undefined && line !== undefined ? { path, line } : {};
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
