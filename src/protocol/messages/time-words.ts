import type { Trans } from './trans';

/** "The clock is 7 min slow"; `skewSeconds` is negative for a slow clock. */
export function skewWords(skewSeconds: number, trans: Trans): string {
  const off = offset(skewSeconds, trans);
  return skewSeconds < 0 ? trans.__('The clock is %1 slow', off) : trans.__('The clock is %1 fast', off);
}

/** "7 min", "2 h 5 min", "3 days". */
export function offset(skewSeconds: number, trans: Trans): string {
  const minutes = Math.round(Math.abs(skewSeconds) / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) {
    return trans.__('%1 days', Math.floor(hours / 24));
  }
  return hours === 0
    ? trans.__('%1 min', minutes)
    : minutes % 60 === 0
      ? trans.__('%1 h', hours)
      : trans.__('%1 h %2 min', hours, minutes % 60);
}

/** A moment for a reader whose clock and language are not known: "2026-11-23 12:20 UTC". */
export const utcTime = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
