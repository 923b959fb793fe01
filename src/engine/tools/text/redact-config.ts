import { redactUrl } from './url-credentials';
import { readNetrc } from '../netrc/netrc';
import { secretSpans } from '../netrc/netrc-edit';

const HIDDEN = '****';

/** A netrc with every password and account hidden; line ends inside quotes stay, so that lines keep their numbers. */
export function redactNetrc(text: string): string {
  const netrc = readNetrc(text);
  if (!netrc.ok) {
    return text.replace(/[^\r\n]+/g, HIDDEN);
  }
  const spans = secretSpans(netrc.value).sort((a, b) => b.start - a.start);
  const hidden = spans.reduce((out, { start, end }) => {
    const raw = out.slice(start, end);
    return out.slice(0, start) + HIDDEN + raw.replace(/[^\r\n]/g, '') + out.slice(end);
  }, text);
  // Comments and macros may hold an old password.
  return hidden.replace(/^(.*#).*$/gm, `$1 ${HIDDEN}`);
}

/** A configuration file (INI, TOML) with passwords in URLs and in options named like one hidden. */
export const redactConfig = (text: string): string =>
  redactUrl(text).replace(
    /^([^=:\r\n]*(?:password|token|secret)[^=:\r\n]*[=:]\s*)[^\r\n]+$/gim,
    `$1${HIDDEN}`
  );
