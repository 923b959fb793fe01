/** AWS takes a signature for five minutes around its own clock. */
export const allowedSkewMs = 5 * 60 * 1000;

export function parseAmzDate(text: string): number | undefined {
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return m === null ? undefined : Date.UTC(+m[1], +m[2] - 1, +m[3], +m[4], +m[5], +m[6]);
}

export function formatAmzDate(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** What AWS says when the clocks differ by more than five minutes; nothing when they agree. */
export function skewMessage(amzDate: string, now: number): string | undefined {
  const signed = parseAmzDate(amzDate);
  if (signed === undefined) {
    return `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`;
  }
  if (signed < now - allowedSkewMs) {
    return (
      `Signature expired: ${amzDate} is now earlier than ${formatAmzDate(now - allowedSkewMs)} ` +
      `(${formatAmzDate(now)} - 5 min.)`
    );
  }
  if (signed > now + allowedSkewMs) {
    return (
      `Signature not yet current: ${amzDate} is still later than ${formatAmzDate(now + allowedSkewMs)} ` +
      `(${formatAmzDate(now)} + 5 min.)`
    );
  }
  return undefined;
}
