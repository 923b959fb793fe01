import type { Rung, RungId, RungVerdict } from '../../../protocol/rung';
import type { Fix } from '../../../protocol/fix';
import { type Clock, ENDED } from '../../outside/world/world';
import type { Advice } from '../../pure/verdicts/advice';
import type { Failure } from '../../pure/verdicts/failure';
import { SLOW_MS, TWO_ATTEMPTS_MS } from './limits';
import type { Planned } from './plan';
import type { OnRungs } from './run';
import { shownEvidence } from './shown-evidence';
import type { Step } from './step';

/** The rungs as they are shown: in ladder order, live. */
export interface Board {
  readonly start: (id: RungId) => void;
  readonly finish: (id: RungId, step: Step) => void;
  /** Back to waiting: another host has to be probed. */
  readonly again: (id: RungId) => void;
  readonly rungs: () => Rung[];
  /** Tells now what is due; nothing afterwards. */
  readonly close: () => void;
}

/** `advice` is given where the rung is `ok` and only has something to say. */
type FixOf = (id: RungId, failure: Failure, advice?: Advice) => Fix | undefined;

interface Row {
  readonly planned: Planned;
  startedAt?: number;
  endedAt?: number;
  step?: Step;
  /** Ends the wait for the next mark. */
  marks?: AbortController;
}

export function createBoard(
  clock: Clock,
  plan: readonly Planned[],
  fixOf: FixOf,
  onRungs: OnRungs = () => undefined
): Board {
  const rows = new Map<RungId, Row>(plan.map(planned => [planned.id, { planned }]));
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
      onRungs(rungs);
    }
  }

  const row = (id: RungId): Row => rows.get(id) as Row;

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
      const { planned, marks } = row(id);
      marks?.abort(ENDED);
      rows.set(id, { planned });
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
  const { id, title } = row.planned;
  const ms = row.startedAt === undefined ? 0 : Math.round((row.endedAt ?? now) - row.startedAt);
  const base = { id, title, ms };
  const { step } = row;
  if (!step) {
    const verdict: RungVerdict = row.startedAt === undefined ? 'waiting' : 'running';
    return { ...base, verdict, summary: verdict === 'running' ? patience(id, ms) : '', evidence: {} };
  }
  switch (step.kind) {
    case 'ok': {
      const { concern, advice } = step;
      const warning = concern?.summary ?? step.warning?.text;
      const fix = concern ? fixOf(id, concern, advice) : step.warning?.fix;
      return {
        ...base,
        verdict: 'ok',
        summary: step.summary,
        evidence: shownEvidence(step.evidence ?? {}),
        ...(warning ? { warning } : {}),
        ...(fix ? { fix } : {})
      };
    }
    case 'not_needed':
      return {
        ...base,
        verdict: 'skipped',
        summary: step.summary,
        evidence: shownEvidence(step.evidence ?? {})
      };
    case 'blocked':
      return { ...base, verdict: 'skipped', summary: 'Not reached.', evidence: {}, because: step.because };
    case 'failed': {
      const { failure } = step;
      const fix = fixOf(id, failure);
      const { verdict, summary, evidence, cause } = failure;
      return {
        ...base,
        verdict,
        summary,
        evidence: { ...shownEvidence(evidence), cause },
        ...(fix ? { fix } : {})
      };
    }
  }
}

/** What a running rung says of itself. Only a connect counts its attempts. */
function patience(id: RungId, ms: number): string {
  if (ms >= TWO_ATTEMPTS_MS) {
    return id.startsWith('tcp.') ? 'no answer to two attempts' : 'no answer yet';
  }
  return ms >= SLOW_MS ? 'slow' : '';
}
