/** An index URL taken apart, without a URL parser's normalisation: the rest must stay as written. */
export interface IndexUrl {
  /** Without user and password. */
  readonly bare: string;
  readonly user: string | null;
  /** Percent-decoded, as pip and uv send it. */
  readonly password: string | null;
  readonly host: string;
}

// The scheme, and all behind `://`.
const SHAPE = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is;

// No index has a longer one; RFC 9110 asks recipients to take 8000 characters.
const LONGEST_URL = 8192;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Takes a URL apart; null when it is none, or too long to be one. */
export function readIndexUrl(url: string): IndexUrl | null {
  const match = url.length > LONGEST_URL ? null : SHAPE.exec(url.trim());
  if (!match) {
    return null;
  }
  const [, scheme, rest] = match;
  const end = authorityEnd(rest);
  const at = rest.lastIndexOf('@', end - 1);
  const info = at < 0 || end === 0 ? undefined : rest.slice(0, at);
  const authority = rest.slice(info === undefined ? 0 : at + 1, end);
  const colon = info?.indexOf(':') ?? -1;
  return {
    bare: scheme + authority + rest.slice(end),
    user: info === undefined ? null : decode(colon < 0 ? info : info.slice(0, colon)),
    password: info === undefined || colon < 0 ? null : decode(info.slice(colon + 1)),
    host: authority.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
  };
}

/** Where the authority of a URL ends that begins behind its `://`. */
function authorityEnd(rest: string): number {
  const end = rest.search(/[/?#]/);
  return end < 0 ? rest.length : end;
}

/** The URL with `aws` and the token in it. Every character outside RFC 3986's unreserved is encoded. */
export const withCredentials = (url: string, token: string): string =>
  url.replace(
    /^([a-z][a-z0-9+.-]*:\/\/)/i,
    (_, scheme) =>
      `${scheme}aws:${encodeURIComponent(token).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}@`
  );

/** Whether two index URLs name the same index; a missing last slash makes no difference to pip. */
export const sameIndex = (a: string, b: string): boolean => {
  const [left, right] = [readIndexUrl(a)?.bare, readIndexUrl(b)?.bare];
  return left !== undefined && left.replace(/\/$/, '') === right?.replace(/\/$/, '');
};

/**
 * A text with any password of a URL shown as `****`; a user alone too, because it may be a token. What is no URL by
 * RFC 3986 but has a user and a password by their place (`https:/me:pw@host`, `https://me:p/w@host`) is hidden all the
 * same.
 */
export const redactUrl = (text: string): string =>
  text.includes('@') ? text.replace(/\S+/g, redactWord) : text;

function redactWord(word: string): string {
  const scheme = word.indexOf('://');
  const last = word.lastIndexOf('@');
  const start = scheme >= 0 && scheme < last ? scheme + '://'.length : 0;
  if (last < start) {
    return word;
  }
  const rest = word.slice(start);
  const end = authorityEnd(rest);
  const inAuthority = rest.lastIndexOf('@', end - 1);
  if (start > 0 && end > 0 && inAuthority >= 0) {
    return hidden(word, start, start + inAuthority);
  }
  // A port is no password: nothing but digits stands behind its colon.
  const first = start > 0 ? rest.slice(0, end) : rest.slice(0, last);
  const colon = first.indexOf(':');
  return colon >= 0 && /\D/.test(first.slice(colon + 1)) ? hidden(word, start, last) : word;
}

function hidden(word: string, start: number, at: number): string {
  const info = word.slice(start, at);
  const user = info.includes(':') ? `${info.slice(0, info.indexOf(':'))}:` : '';
  return `${word.slice(0, start)}${user}****${word.slice(at)}`;
}
