/** An index URL taken apart, without a URL parser's normalisation: the rest must stay as written. */
export interface IndexUrl {
  /** Without user and password. */
  readonly bare: string;
  readonly user: string | null;
  /** Percent-decoded, as pip and uv send it. */
  readonly password: string | null;
  readonly host: string;
}

const SHAPE = /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#]*)@)?([^/?#]*)(.*)$/is;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Takes a URL apart; null when it is none. */
export function readIndexUrl(url: string): IndexUrl | null {
  const match = SHAPE.exec(url.trim());
  if (!match) {
    return null;
  }
  const [, scheme, info, authority, path] = match;
  const colon = info?.indexOf(':') ?? -1;
  return {
    bare: scheme + authority + path,
    user: info === undefined ? null : decode(colon < 0 ? info : info.slice(0, colon)),
    password: info === undefined || colon < 0 ? null : decode(info.slice(colon + 1)),
    host: authority.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
  };
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

/** The URL with any password shown as `****`. Also a user alone: it may be a token. */
export const redactUrl = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)([^/?#\s]*)@/gi, (_, scheme: string, info: string) =>
    info.includes(':') ? `${scheme}${info.slice(0, info.indexOf(':'))}:****@` : `${scheme}****@`
  );
