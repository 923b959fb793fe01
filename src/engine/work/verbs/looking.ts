import type { RungId } from '../../../protocol/rung';
import type { Grant } from '../../pure/connection/state';
import type { VerbDeps } from './deps';
import { look } from './diagnose';
import type { Latest, Result } from './latest';
import type { Prepared } from './prepare';

/** Diagnoses one at a time: a second asker of the same shares the first's, another replaces it. */
export interface Looking {
  readonly at: (prepared: Prepared, grant: Grant | null, rung?: RungId) => Promise<Result>;
  /** Resolves when nothing of it runs any more. */
  readonly stop: () => Promise<void>;
}

export function createLooking(deps: VerbDeps, latest: Latest, changed: () => void): Looking {
  let running: { key: string; stop: AbortController; result: Promise<Result> } | null = null;

  async function run(
    prepared: Prepared,
    grant: Grant | null,
    rung: RungId | undefined,
    signal: AbortSignal
  ): Promise<Result> {
    // One rung alone is an answer to who asked; the whole ladder is what everybody sees.
    const log = rung === undefined ? latest.begin() : null;
    const climbed = await look(deps, prepared, grant, rung, rungs => log?.rungs(rungs), signal);
    const { verdict, rungs, files, kernels } = climbed;
    const summary = verdict === 'cancelled' ? 'Cancelled.' : climbed.summary;
    const result = { verdict, summary, rungs, ...(files && { files }), ...(kernels && { kernels }) };
    log?.end(result);
    changed();
    return result;
  }

  return {
    at(prepared, grant, rung) {
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
