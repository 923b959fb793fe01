import type { Rung, CheckId, CheckVerdict } from '../../protocol/rung';
import type { Fix } from '../../protocol/fix';
import { type Clock, ENDED } from '../runtime/runtime';
import { describeWarning, summaryOf } from '../../protocol/messages/describe';
import { ENGLISH, plainText, sentences } from '../../protocol/messages/trans';
import type { Failure } from '../core/failure';
import { SLOW_MS, TWO_ATTEMPTS_MS } from './limits';
import type { PlannedCheck } from './plan';
import type { OnProgress } from './diagnosis';
import { evidenceJson } from './evidence-json';
import type { CheckResult, Concern } from './check-result';
import { trans } from '../core/say';

/** The rungs as they are shown: in ladder order, live. */
export interface Report {
  readonly start: (id: CheckId) => void;
  readonly finish: (id: CheckId, step: CheckResult) => void;
  /** Back to waiting: another host has to be probed. */
  readonly again: (id: CheckId) => void;
  readonly rungs: () => Rung[];
  /** Tells now what is due; nothing afterwards. */
  readonly close: () => void;
}

type FixOf = (id: CheckId, about: Failure | Concern) => Fix | undefined;

interface Row {
  readonly check: PlannedCheck;
  startedAt?: number;
  endedAt?: number;
  step?: CheckResult;
  /** Ends the wait for the next mark. */
  marks?: AbortController;
}

export function createReport(
  clock: Clock,
  plan: readonly PlannedCheck[],
  fixOf: FixOf,
  onProgress: OnProgress = () => undefined
): Report {
  const rows = new Map<CheckId, Row>(plan.map(check => [check.id, { check }]));
  let due = false;
  let closed = false;

  /** Several changes of one moment are told once. */
  function changed(): void {
    if (!due && !closed) {
      due = true;
      queueMicrotask(tell);
    }
  }

  function tell(): void {
    if (due && !closed) {
      due = false;
      onProgress(rungs);
    }
  }

  const row = (id: CheckId): Row => rows.get(id) as Row;

  /** A running rung says that it is slow without being asked. */
  async function remind(signal: AbortSignal): Promise<void> {
    for (const wait of [SLOW_MS, TWO_ATTEMPTS_MS - SLOW_MS]) {
      await clock.sleep(wait, signal);
      changed();
    }
  }

  const rungs = (): Rung[] => [...rows.values()].map(one => rungOf(one, clock.ticks(), fixOf));

  return {
    start(id) {
      const one = row(id);
      one.startedAt = clock.ticks();
      one.marks = new AbortController();
      remind(one.marks.signal).catch(() => undefined);
      changed();
    },
    finish(id, step) {
      const one = row(id);
      one.marks?.abort(ENDED);
      one.endedAt ??= clock.ticks();
      one.step = step;
      changed();
    },
    again(id) {
      const { check, marks } = row(id);
      marks?.abort(ENDED);
      rows.set(id, { check });
      changed();
    },
    rungs,
    close() {
      for (const one of rows.values()) {
        one.marks?.abort(ENDED);
      }
      tell();
      closed = true;
    }
  };
}

function rungOf(row: Row, now: number, fixOf: FixOf): Rung {
  const { id, title } = row.check;
  const ms = row.startedAt === undefined ? 0 : Math.round((row.endedAt ?? now) - row.startedAt);
  const base = { id, title, ms };
  const { step } = row;
  if (!step) {
    const verdict: CheckVerdict = row.startedAt === undefined ? 'waiting' : 'running';
    return { ...base, verdict, summary: verdict === 'running' ? patience(id, ms) : '', evidence: {} };
  }
  switch (step.kind) {
    case 'ok': {
      const { concern } = step;
      const warning = concern ? concernText(id, concern) : step.warning?.text;
      const fix = concern ? fixOf(id, concern) : step.warning?.fix;
      return {
        ...base,
        verdict: 'ok',
        summary: step.summary,
        evidence: {
          ...evidenceJson(step.evidence ?? {}),
          ...(concern && 'warning' in concern
            ? { ...evidenceJson(concern.evidence), concern: concern.warning }
            : {})
        },
        ...(warning ? { warning } : {}),
        ...(fix ? { fix } : {})
      };
    }
    case 'not_needed':
      return {
        ...base,
        verdict: 'skipped',
        summary: step.summary,
        evidence: evidenceJson(step.evidence ?? {})
      };
    case 'blocked':
      return {
        ...base,
        verdict: 'skipped',
        summary: trans.__('Not reached.'),
        evidence: {},
        because: step.because
      };
    case 'failed': {
      const { failure } = step;
      const fix = step.fix ?? fixOf(id, failure);
      const { verdict, evidence, cause } = failure;
      const summary = plainText(summaryOf(cause, evidence as never, ENGLISH, { check: id }));
      return {
        ...base,
        verdict,
        summary,
        evidence: { ...evidenceJson(evidence), cause },
        ...(fix ? { fix } : {})
      };
    }
  }
}

/** What is said of a check that passed all the same. */
function concernText(check: CheckId, about: Concern | Failure): string {
  if (!('warning' in about)) {
    return about.summary;
  }
  const { sentence, detail } = describeWarning(about.warning, about.evidence as never, ENGLISH, { check });
  return plainText(sentences(sentence, detail));
}

/** What a running rung says of itself. Only a connect counts its attempts. */
function patience(id: CheckId, ms: number): string {
  if (ms >= TWO_ATTEMPTS_MS) {
    return id.startsWith('tcp.') ? trans.__('no answer to two attempts') : trans.__('no answer yet');
  }
  return ms >= SLOW_MS ? 'slow' : '';
}
