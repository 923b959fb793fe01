import type { CheckId } from '../../protocol/rung';
import type { Grant } from './machine/state';
import type { EngineDeps } from './engine-deps';
import { diagnoseWith } from './diagnose';
import type { ResultStore, Result } from './result-store';
import type { Prepared } from './prepare';

/** Diagnoses one at a time: a second asker of the same shares the first's, another replaces it. */
export interface DiagnosisRunner {
  readonly run: (prepared: Prepared, grant: Grant | null, rung?: CheckId) => Promise<Result>;
  /** Resolves when nothing of it runs any more. */
  readonly stop: () => Promise<void>;
}

export function createDiagnosisRunner(
  deps: EngineDeps,
  results: ResultStore,
  changed: () => void
): DiagnosisRunner {
  let running: { key: string; stop: AbortController; result: Promise<Result> } | null = null;

  async function run(
    prepared: Prepared,
    grant: Grant | null,
    rung: CheckId | undefined,
    signal: AbortSignal
  ): Promise<Result> {
    // One rung alone is an answer to who asked; the whole ladder is what everybody sees.
    const log = rung === undefined ? results.begin() : null;
    const diagnosed = await diagnoseWith(deps, prepared, grant, rung, rungs => log?.rungs(rungs), signal);
    const { verdict, rungs, files, kernels } = diagnosed;
    const summary = verdict === 'cancelled' ? 'Cancelled.' : diagnosed.summary;
    const result = { verdict, summary, rungs, ...(files && { files }), ...(kernels && { kernels }) };
    log?.end(result);
    changed();
    return result;
  }

  return {
    run(prepared, grant, rung) {
      const key = JSON.stringify([rung, prepared.settings]);
      if (running && running.key === key && !running.stop.signal.aborted) {
        return running.result;
      }
      running?.stop.abort();
      const stop = new AbortController();
      const result = run(prepared, grant, rung, stop.signal).finally(() => {
        if (running?.stop === stop) {
          running = null;
        }
      });
      running = { key, stop, result };
      return result;
    },
    stop: async () => {
      const ended = running?.result;
      running?.stop.abort();
      await ended?.catch(() => undefined);
    }
  };
}
