import type { RungId } from '../../../protocol/rung';
import { ENDED } from '../../outside/world/world';
import { fixForWarning, type Advice } from '../../pure/verdicts/advice';
import type { Failure } from '../../pure/verdicts/failure';
import { fixFor } from '../../pure/verdicts/fix';
import { rootCause } from '../../pure/verdicts/root-cause';
import { headline } from '../../pure/verdicts/summary';
import { hostIsKnown } from './assumed-place';
import { createBoard } from './board';
import { CLIMBERS } from './climbers';
import { fixFacts } from './fix-facts';
import { nothingFound } from './found';
import { LADDER_CAP_MS } from './limits';
import { planFor } from './plan';
import { readOnce } from './read-once';
import type { Climb, ClimbRequest, LadderDeps, Run } from './run';
import { ownerIn } from './rungs/tools';
import { createScheduler } from './scheduler';
import type { Step } from './step';

export type { Climb, ClimbRequest, Granted, LadderDeps, OnRungs } from './run';

/** What starts again when the repository endpoint is elsewhere than assumed. */
const BEHIND_THE_ENDPOINT: readonly RungId[] = [
  'dns.repository',
  'tcp.repository',
  'tls.repository',
  'index',
  'tools'
];

/**
 * Climbs the ladder: to connect, or to see what stands in the way. Always resolves with every rung accounted for, at
 * the latest after `LADDER_CAP_MS`; `signal` ends it at once with the verdict `cancelled`. When it
 * resolves, no socket and no timer of it is left. Rejects only for a bug of ours.
 */
export async function climb(deps: LadderDeps, request: ClimbRequest, signal: AbortSignal): Promise<Climb> {
  const { clock } = deps.world;
  const { settings, mode, cached } = request;
  const found = nothingFound();
  const plan = planFor(
    {
      tokenAtHand: mode === 'diagnose' && Boolean(cached && cached.expiresAt > clock.now()),
      hostKnown: hostIsKnown(request, deps),
      writes: mode === 'connect'
    },
    request.only
  );
  const limit = createLimit(deps, signal);
  let stepOf: (id: RungId) => Step | undefined = () => undefined;
  const fixOf = (id: RungId, failure: Failure, advice?: Advice) => {
    const facts = fixFacts(id, failure, settings, found, stepOf);
    return advice ? fixForWarning(advice, facts) : fixFor(failure, facts);
  };
  const board = createBoard(clock, plan, fixOf, request.onRungs);
  const run: Run = {
    deps: { ...deps, readText: readOnce(deps.readText) },
    request,
    found,
    open: id => scheduler.open(id),
    probeAgain: () => {
      const { place } = found.repository;
      Object.assign(found.repository, {
        place,
        addresses: undefined,
        addressClass: undefined,
        address: undefined
      });
      const ids = mode === 'connect' ? BEHIND_THE_ENDPOINT : BEHIND_THE_ENDPOINT.slice(0, -1);
      scheduler.again(ids);
    }
  };
  const scheduler = createScheduler(plan, CLIMBERS, run, board, limit.signal, limit.failure);
  stepOf = scheduler.stepOf;
  try {
    await scheduler.climbAll();
  } finally {
    limit.end();
    board.close();
  }
  return conclude(run, board.rungs(), stepOf);
}

/** The ladder's own signal: the caller's, or time is up. */
function createLimit(deps: LadderDeps, signal: AbortSignal) {
  const ladder = new AbortController();
  const timer = new AbortController();
  const forward = () => ladder.abort(new Error('cancelled'));
  signal.addEventListener('abort', forward, { once: true });
  if (signal.aborted) {
    forward();
  }
  deps.world.clock.sleep(LADDER_CAP_MS, timer.signal).then(
    () => ladder.abort(new Error('not finished')),
    () => undefined
  );
  return {
    signal: ladder.signal,
    failure: (): Failure =>
      signal.aborted
        ? { verdict: 'cancelled', cause: 'cancelled', summary: 'Cancelled.', evidence: {} }
        : {
            verdict: 'timeout',
            cause: 'not_finished',
            summary: `Not finished within ${LADDER_CAP_MS / 1000} s.`,
            evidence: { waitedMs: LADDER_CAP_MS }
          },
    end: () => {
      timer.abort(ENDED);
      signal.removeEventListener('abort', forward);
      ladder.abort(ENDED);
    }
  };
}

function conclude(
  { request, found }: Run,
  rungs: Climb['rungs'],
  stepOf: (id: RungId) => Step | undefined
): Climb {
  const root = rootCause(rungs);
  const step = root && stepOf(root.id);
  const { token, region, credentials, calls, repositoryEndpoint, indexUrl, files, kernels } = found;
  const owner = request.settings.domainOwner || ownerIn(repositoryEndpoint ?? '') || credentials?.accountId;
  return {
    rungs,
    verdict: root && step?.kind === 'failed' ? step.failure.verdict : 'ok',
    summary: root ? headline(root) : allWell(rungs, request),
    root: root?.id ?? null,
    failure: step?.kind === 'failed' ? step.failure : null,
    ...(region ? { region: region.region } : {}),
    ...(owner ? { domainOwner: owner } : {}),
    ...(calls ? { calls } : {}),
    ...(credentials?.principal ? { principal: credentials.principal } : {}),
    ...(token ? { token } : {}),
    ...(repositoryEndpoint ? { endpoint: repositoryEndpoint } : {}),
    ...(indexUrl ? { indexUrl } : {}),
    ...(files ? { files } : {}),
    ...(kernels ? { kernels } : {})
  };
}

function allWell(rungs: Climb['rungs'], { only, settings }: ClimbRequest): string {
  const one = only && rungs.find(rung => rung.id === only);
  if (one) {
    return `${one.title}: ${one.summary || 'OK'}.`.replace(/\.\.$/, '.');
  }
  const warnings = rungs.flatMap(rung => (rung.warning ? [rung.warning] : []));
  return warnings.length === 0
    ? `Every hop answers, and pip can install from ${settings.repository}.`
    : `Every hop answers, and pip can install from ${settings.repository}. ${warnings[0]}`;
}
