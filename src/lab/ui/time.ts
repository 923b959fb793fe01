import type { Trans } from './trans';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in minutes, not seconds: "8 h 12 min", "38 min". */
export function span(trans: Trans, ms: number): string {
  if (ms < MINUTE) {
    return trans.__('less than 1 min');
  }
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return hours > 0 ? trans.__('%1 h %2 min', hours, minutes) : trans.__('%1 min', minutes);
}

export function timeLeft(trans: Trans, ms: number): string {
  if (ms < MINUTE) {
    return trans.__('less than 1 min left');
  }
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return hours > 0 ? trans.__('%1 h %2 min left', hours, minutes) : trans.__('%1 min left', minutes);
}

/** "12 s ago", "12 min ago": how long something is past. */
export function ago(trans: Trans, ms: number): string {
  return ms < MINUTE
    ? trans.__('%1 s ago', Math.max(0, Math.floor(ms / SECOND)))
    : trans.__('%1 ago', span(trans, ms));
}

/** A measured time, "9 ms" or "3.3 s": a number does not part from its unit at the end of a line. */
export function measured(trans: Trans, ms: number): string {
  return ms < SECOND
    ? trans.__('%1\u00a0ms', Math.round(ms))
    : trans.__('%1\u00a0s', (ms / SECOND).toFixed(1));
}

/** The same while it counts: always in seconds, so that the figure keeps its place. */
export const counted = (trans: Trans, ms: number): string => trans.__('%1\u00a0s', (ms / SECOND).toFixed(1));

/**
 * How dates, times and numbers are written: in the page's language, and where the browser has it too, in the way of the
 * browser's country. JupyterLab tells the language there, as its own times read it.
 */
export function locale(): string | undefined {
  const page = document.documentElement.lang;
  const language = (tag: string): string => tag.split('-')[0];
  return navigator.languages.find(tag => !page || language(tag) === language(page)) ?? (page || undefined);
}

/** "21:40", with its weekday when it is not today. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now).toDateString() === date.toDateString();
  const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
  return date.toLocaleTimeString(locale(), today ? options : { ...options, weekday: 'short' });
}

/** The whole date, for titles. */
export const fullDate = (at: number): string =>
  new Date(at).toLocaleString(locale(), { dateStyle: 'full', timeStyle: 'short' });

/** Days between two moments, by the calendar. */
export function daysBefore(at: number, now: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / DAY);
}
