import type { Rung } from '../../protocol/rung';
import { isFailureVerdict } from '../../protocol/verdict';
import { Late } from '../ui/late';

/** The catalogue itself, and the evidence in words. */
export const words = new Late(() => import('./words'));

/** A server that does not send it by then has other troubles; what happened is told without it. */
const PATIENCE_MS = 2000;

/** Loads the catalogue if the answer has something that it explains. Who waits for it shows the failure in one go. */
export async function wordsFor(answer: unknown): Promise<void> {
  const { verdict, rungs } = (answer ?? {}) as {
    readonly verdict?: string;
    readonly rungs?: readonly Rung[];
  };
  const isWrong = (rung: Rung): boolean => isFailureVerdict(rung.verdict) || rung.warning !== undefined;
  if ((verdict !== undefined && verdict !== 'ok') || rungs?.some(isWrong)) {
    const loaded = words
      .load()
      .catch(error => console.warn('CodeArtifact: the messages could not be loaded.', error));
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([loaded, new Promise(resolve => (timer = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(timer);
  }
}
