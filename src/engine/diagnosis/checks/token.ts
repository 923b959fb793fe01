import type { Secret } from '../../core/secret/secret';
import { failure } from '../../core/failure';
import { attemptWords } from '../../runtime/retry';
import type { Check, CheckContext } from '../diagnosis';
import { failedCheck, passed, type CheckResult } from '../check-result';
import { trans } from '../../core/say';

/** The token: the live one at hand in a diagnosis, else a new one. */
export const token: Check = {
  needs: ['credentials'],
  // Calls do not wait for the probes: a healthy Connect costs the calls alone.
  probes: ['dns.api', 'tcp.api', 'tls.api', 'http.api'],
  shortened: ({ tokenAtHand }) => (tokenAtHand ? { needs: ['environment'] } : undefined),
  async run(run, signal) {
    const { request, findings, deps } = run;
    const now = deps.runtime.clock.now();
    const { cached, mode, settings } = request;
    if (mode === 'diagnose' && cached && cached.expiresAt > now) {
      return inForce(run, cached.token, cached.expiresAt, false, {});
    }
    const brought = mode === 'connect' ? await deps.broughtToken?.() : null;
    if (brought) {
      return inForce(run, brought.token, brought.expiresAt, false, {});
    }
    const { domain, domainOwner, durationSeconds } = settings;
    if (!domain || !settings.repository) {
      return answered(run, signal);
    }
    const outcome = await findings.calls?.getAuthorizationToken(
      { domain, domainOwner, durationSeconds },
      signal
    );
    if (!outcome) {
      return failedCheck(failure('credentials_not_sent', {}));
    }
    if (!outcome.ok) {
      return failedCheck(outcome.failure);
    }
    const { token: minted, expiresAt, requestId, attempts } = outcome.value;
    const more = { ...(requestId ? { requestId } : {}), ...(attempts ? { attempts } : {}) };
    return inForce(run, minted, expiresAt, true, more);
  }
};

/**
 * Nobody has named a domain, so no token can be asked for. A list can, which tells ended credentials, a wrong clock or
 * a stranger in AWS's place; that a role may not list is common, and says nothing of a token.
 */
async function answered({ findings }: CheckContext, signal: AbortSignal): Promise<CheckResult> {
  const listed = await findings.calls?.listRepositories({}, signal);
  return listed && !listed.ok && !['access_denied', 'not_found'].includes(listed.failure.verdict)
    ? failedCheck(listed.failure)
    : passed('');
}

function inForce(
  run: CheckContext,
  secret: Secret,
  expiresAt: number,
  minted: boolean,
  more: { readonly requestId?: string; readonly attempts?: number }
): CheckResult {
  run.findings.token = { token: secret, expiresAt, minted };
  const left = lifeWords(expiresAt - run.deps.runtime.clock.now());
  const again = attemptWords(more.attempts);
  const said = minted ? trans.__('new, %1 left', left) : trans.__('the present one, %1 left', left);
  return passed(again ? trans.__('%1; %2', said, again) : said, {
    expiresAt: new Date(expiresAt).toISOString(),
    minted,
    ...more
  });
}

/** "11 h 59 min", "4 min". */
function lifeWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours === 0
    ? `${minutes} min`
    : minutes % 60 === 0
      ? `${hours} h`
      : `${hours} h ${minutes % 60} min`;
}
