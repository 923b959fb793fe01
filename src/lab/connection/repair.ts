import type { IStore } from './store';

/** When a check passed again, by this page's clock, and how long one had failed before; null when the engine tells of none. */
export function repairOf({ document, receivedAt }: IStore): { at: number; after: number } | null {
  const repaired = Date.parse(document?.outage?.repairedAt ?? '');
  if (!document?.outage || Number.isNaN(repaired)) {
    return null;
  }
  // The server's clock may be another one than the browser's; how long ago it was is the same by both.
  const told = Date.parse(document.at ?? '');
  const at = Number.isNaN(told) ? repaired : receivedAt - (told - repaired);
  return { at, after: repaired - Date.parse(document.outage.since) };
}
