import type { IStore } from './store';

/** When a check passed again, by this page's clock, and how long one had failed before; null when the engine tells of none. */
export function repairOf({ document, receivedAt }: IStore): { at: number; after: number } | null {
  const { repairedAt, since = '' } = document?.outage ?? {};
  if (!repairedAt) {
    return null;
  }
  const repaired = Date.parse(repairedAt);
  // The server's clock may be another one than the browser's; how long ago it was is the same by both.
  const ago = Date.parse(document?.at ?? repairedAt) - repaired;
  return { at: receivedAt - ago, after: repaired - Date.parse(since) };
}
