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
  return lineByLine(hidden, line =>
    line.includes('#') ? `${line.slice(0, line.lastIndexOf('#') + 1)} ${HIDDEN}` : line
  );
}

/** A configuration file (INI, TOML) with passwords in URLs and in options named like one hidden. */
export const redactConfig = (text: string): string => lineByLine(redactUrl(text), redactOption);

function redactOption(line: string): string {
  const at = line.search(/[=:]/);
  if (at < 0 || !/password|token|secret/i.test(line.slice(0, at)) || !line.slice(at + 1).trim()) {
    return line;
  }
  const value = line.slice(at + 1);
  return `${line.slice(0, at + 1)}${value.slice(0, value.length - value.trimStart().length)}${HIDDEN}`;
}

const lineByLine = (text: string, redact: (line: string) => string): string =>
  text.replace(/[^\r\n]+/g, redact);
