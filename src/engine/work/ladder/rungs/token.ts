import type { Secret } from '../../../pure/secret/secret';
import { failed } from '../../../pure/verdicts/failure';
import type { Climber, Run } from '../run';
import { broke, ok, type Step } from '../step';

/** The token: the live one at hand in a diagnosis, else a new one. */
export const token: Climber = async (run, signal) => {
  const { request, found, deps } = run;
  const now = deps.world.clock.now();
  const { cached, mode, settings } = request;
  if (mode === 'diagnose' && cached && cached.expiresAt > now) {
    return inForce(run, cached.token, cached.expiresAt, false, {});
  }
  const { domain, domainOwner, durationSeconds } = settings;
  const outcome = await found.calls?.getAuthorizationToken({ domain, domainOwner, durationSeconds }, signal);
  if (!outcome) {
    return broke(failed('no_credentials', 'credentials_none', 'No AWS credentials were found.').failure);
  }
  if (!outcome.ok) {
    return broke(outcome.failure);
  }
  const { token: minted, expiresAt, requestId } = outcome.value;
  return inForce(run, minted, expiresAt, true, requestId ? { requestId } : {});
};

function inForce(
  run: Run,
  secret: Secret,
  expiresAt: number,
  minted: boolean,
  more: Record<string, unknown>
): Step {
  run.found.token = { token: secret, expiresAt, minted };
  const left = lifeWords(expiresAt - run.deps.world.clock.now());
  return ok(minted ? `new, ${left} left` : `the present one, ${left} left`, {
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
