import { parsed, type Parsed, stopped } from './parse-result';
import { trans } from '../../core/say';

/**
 * Bytes as text, exactly: encoding the text again gives the same bytes. A byte-order mark stays a
 * character, because pip, uv and netrc's reader see it as one (or refuse it).
 */
export function decodeUtf8(bytes: Uint8Array): Parsed<string> {
  try {
    return parsed(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return stopped(
      firstBadLine(bytes),
      trans.__('it holds characters that are not UTF-8'),
      trans.__('Save the file as UTF-8, or remove the characters on this line that are not.')
    );
  }
}

export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function firstBadLine(bytes: Uint8Array): number {
  const LF = 10;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LF, start);
    const stop = end < 0 ? bytes.length : end;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop + 1;
  }
  return line;
}
