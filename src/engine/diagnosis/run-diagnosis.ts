import { CHECK_IDS, CHECKS, type CheckId } from '../../protocol/checks';
import { describe } from '../../protocol/messages/describe';
import { ENGLISH, plainText, sentences } from '../../protocol/messages/trans';
import type { Rung } from '../../protocol/rung';
import { isFailureVerdict } from '../../protocol/verdict';
import { ENDED } from '../runtime/runtime';
import { fixForWarning } from './fixes/advice';
import { type Failure, failure } from '../core/failure';
import { fixFor } from './fixes/fix-for';
import { rootCause } from './root-cause';
import { hostIsKnown } from './assumed-endpoint';
import { createReport } from './report';
import { CHECK_RUNS } from './checks/registry';
import { callerOf, fixContext } from './fix-context';
import { noFindings } from './findings';
import { DIAGNOSIS_CAP_MS } from './limits';
import { planFor, WITHOUT_NAMES } from './plan';
import { cachedRead } from './cached-read';
import type { Diagnosis, DiagnosisRequest, DiagnosisDeps, CheckContext } from './diagnosis';
import { ownerIn } from './checks/package-tools';
import { toolsCan } from './tools-can';
import { createRunner } from './runner';
import type { CheckResult, Concern } from './check-result';
import { trans } from '../core/say';

export type { Diagnosis, DiagnosisRequest, GrantedToken, DiagnosisDeps, OnProgress } from './diagnosis';

/** What starts again when the repository endpoint is elsewhere than assumed. */
const BEHIND_THE_ENDPOINT = CHECK_IDS.filter(id => CHECKS[id].side === 'repositories');

/**
 * Climbs the ladder: to connect, or to see what stands in the way. Always resolves with every rung accounted for, at
 * the latest after `LADDER_CAP_MS`; `signal` ends it at once with the verdict `cancelled`. When it
 * resolves, no socket and no timer of it is left. Rejects only for a bug of ours.
 */
export async function runDiagnosis(
  deps: DiagnosisDeps,
  request: DiagnosisRequest,
  signal: AbortSignal
): Promise<Diagnosis> {
  const { clock } = deps.runtime;
  const { settings, mode, cached } = request;
  const findings = noFindings();
  const plan = planFor(
    {
      tokenAtHand: mode === 'diagnose' && Boolean(cached && cached.expiresAt > clock.now()),
      hostKnown: hostIsKnown(request, deps),
      writes: mode === 'connect'
    },
    checksOf(request)
  );
  const limit = createLimit(deps, signal);
  let resultOf: (id: CheckId) => CheckResult | undefined = () => undefined;
  const fixOf = (id: CheckId, about: Failure | Concern) => {
    const facts = fixContext(id, about.evidence, settings, findings, resultOf);
    return 'warning' in about ? fixForWarning(about, facts) : fixFor(about, facts);
  };
  const report = createReport(clock, plan, fixOf, request.onProgress);
  const run: CheckContext = {
    deps: { ...deps, readText: cachedRead(deps.readText) },
    request,
    findings,
    open: id => runner.open(id),
    probeAgain: () => {
      const { endpoint } = findings.repository;
      Object.assign(findings.repository, {
        endpoint,
        addresses: undefined,
        addressClass: undefined,
        address: undefined
      });
      // A diagnosis reads the tools' files as they are, wherever the endpoint is.
      runner.again(BEHIND_THE_ENDPOINT.filter(id => mode === 'connect' || id !== 'tools'));
    }
  };
  const runner = createRunner(plan, CHECK_RUNS, run, report, limit.signal, limit.ended);
  resultOf = runner.resultOf;
  try {
    await runner.runAll();
  } finally {
    limit.end();
    report.close();
  }
  const rungs = report.rungs();
  // Without names a token was not asked for; that AWS answers is told by what comes before.
  const isTold = ({ id, verdict }: Rung) => id !== 'token' || isNamed(request) || isFailureVerdict(verdict);
  return conclude(run, rungs.filter(isTold), resultOf);
}

const isNamed = ({ settings }: DiagnosisRequest): boolean =>
  settings.domain !== '' && settings.repository !== '';

/** Which checks were asked for; undefined: all. */
function checksOf(request: DiagnosisRequest): readonly CheckId[] | undefined {
  const { only } = request;
  if (isNamed(request)) {
    return only && [only];
  }
  // AWS takes no call without the names, and the index has no URL; what comes before can be checked all the same.
  return only && planFor(NOTHING_AT_HAND, WITHOUT_NAMES).some(({ id }) => id === only)
    ? [only]
    : WITHOUT_NAMES;
}

const NOTHING_AT_HAND = { tokenAtHand: false, hostKnown: false, writes: false };

/** The ladder's own signal: the caller's, or time is up. */
function createLimit(deps: DiagnosisDeps, signal: AbortSignal) {
  const ladder = new AbortController();
  const timer = new AbortController();
  const forward = () => ladder.abort(new Error('cancelled'));
  signal.addEventListener('abort', forward, { once: true });
  if (signal.aborted) {
    forward();
  }
  deps.runtime.clock.sleep(DIAGNOSIS_CAP_MS, timer.signal).then(
    () => ladder.abort(new Error('not finished')),
    () => undefined
  );
  return {
    signal: ladder.signal,
    ended: (): Failure =>
      signal.aborted ? failure('cancelled', {}) : failure('not_finished', { waitedMs: DIAGNOSIS_CAP_MS }),
    end: () => {
      timer.abort(ENDED);
      signal.removeEventListener('abort', forward);
      ladder.abort(ENDED);
    }
  };
}

function conclude(
  { request, findings }: CheckContext,
  rungs: Diagnosis['rungs'],
  resultOf: (id: CheckId) => CheckResult | undefined
): Diagnosis {
  const root = rootCause(rungs);
  const step = root && resultOf(root.id);
  const { token, region, credentials, calls, repositoryEndpoint, indexUrl, files, kernels } = findings;
  const accountId = credentials?.accountId || findings.notebook?.accountId;
  const owner = request.settings.domainOwner || ownerIn(repositoryEndpoint ?? '') || accountId;
  const principal = callerOf(findings);
  return {
    rungs,
    verdict: root && step?.kind === 'failed' ? step.failure.verdict : 'ok',
    summary:
      root && step?.kind === 'failed' ? brokenSentence(root.id, step.failure) : allWell(rungs, request),
    root: root?.id ?? null,
    failure: step?.kind === 'failed' ? step.failure : null,
    ...(region ? { region: region.region } : {}),
    ...(owner ? { domainOwner: owner } : {}),
    ...(calls ? { calls } : {}),
    ...(principal ? { principal } : {}),
    ...(token ? { token } : {}),
    ...(repositoryEndpoint ? { endpoint: repositoryEndpoint } : {}),
    ...(indexUrl ? { indexUrl } : {}),
    ...(files ? { files } : {}),
    ...(kernels ? { kernels } : {})
  };
}

/** The one line of a failed run: headline, sentence, and the facts behind them. */
export function brokenSentence(check: CheckId, { cause, evidence }: Failure): string {
  const { headline, sentence, detail } = describe(cause, evidence as never, ENGLISH, { check, root: true });
  return plainText(sentences(`${headline}.`, sentence, detail));
}

/** Nothing is promised of a tool that was not chosen, nor before Connect has set any up. */
function allWell(
  rungs: Diagnosis['rungs'],
  { only, settings, mode, cached, connection }: DiagnosisRequest
): string {
  const one = only && rungs.find(rung => rung.id === only);
  if (one) {
    return `${one.title}: ${one.summary || 'OK'}.`.replace(/\.\.$/, '.');
  }
  if (settings.domain === '' || settings.repository === '') {
    return trans.__(
      'The API endpoint answers. Choose a repository, and what comes after it can be checked too.'
    );
  }
  const warnings = rungs.flatMap(rung => (rung.warning ? [rung.warning] : []));
  const isSetUp = mode === 'connect' || Boolean(cached ?? connection);
  const can = toolsCan(settings);
  const said = isSetUp
    ? trans.__('Every check passed, and %1.', can)
    : trans.__('Every check passed: after Connect, %1.', can);
  return warnings.length === 0 ? said : `${said} ${warnings[0]}`;
}
