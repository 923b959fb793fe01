import { redactShapes } from './redact';

/** The last words of a program tell why it ended; what came before is its way there. */
const MOST_LINES = 3;
const LONGEST = 300;

/** Long and of several kinds of characters: a key or a token. A path begins with `/`, `.` or `~`. */
const RANDOM = /(?<![^\s"'=:,;()[\]{}<>])(?![/.~])[A-Za-z0-9+/_-]{16,}={0,2}(?![^\s"'=:,;()[\]{}<>])/g;
const looksRandom = (word: string): boolean =>
  /\d/.test(word) &&
  ((/[A-Z]/.test(word) && (/[a-z]/.test(word) || /^A[A-Z0-9]{15,}$/.test(word))) ||
    // Hexadecimal or of one case, as the keys of other services are; a request id has hyphens.
    (/^[a-z0-9]{32,}$/i.test(word) && /[a-z]/i.test(word)));

/**
 * What a program or a service says of its own failure, to be quoted in a sentence: its last lines as one, without
 * control characters, cut, and without what may be a secret.
 */
export function foreignWords(said: string): string {
  const lines = redactShapes(said.slice(-4096))
    // eslint-disable-next-line no-control-regex
    .replace(/\x1b\[[0-9;]{0,20}[A-Za-z]/g, '')
    .split(/[\r\n\u2028\u2029]+/)
    // eslint-disable-next-line no-control-regex
    .map(line => line.replace(/[\x00-\x20\x7f-\x9f`]+/g, ' ').trim())
    .filter(line => line !== '')
    .slice(-MOST_LINES);
  const quoted = lines.join(' ').replace(RANDOM, word => (looksRandom(word) ? '***' : word));
  return quoted.length > LONGEST ? `…${quoted.slice(-LONGEST)}` : quoted;
}

/** The message in an answer that is JSON, else the text; nothing of a web page. */
export function foreignAnswer(body: string): string {
  try {
    const read = JSON.parse(body) as Record<string, unknown> | null;
    const message = [read?.Message, read?.message, read?.error, read?.Code, read?.code].find(
      one => typeof one === 'string' && one !== ''
    );
    return typeof message === 'string' ? foreignWords(message) : '';
  } catch {
    return /^\s*</.test(body) ? '' : foreignWords(body);
  }
}
