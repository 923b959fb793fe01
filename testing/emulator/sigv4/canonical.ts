// Written from the specification, step 1 and 2:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash } from 'node:crypto';
import type { Call } from '../http/call';

export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** RFC 3986 unreserved characters stay; every other byte becomes %XX in capitals. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());
}

/** `+` is a plus here, not a space: the form rule does not hold in a signature. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Each segment is normalised (RFC 3986 dot segments) and encoded once more than it came: every service but S3. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const end = segments.length > 0 && /\/(\.\.?)?$/.test(path) ? '/' : '';
  return '/' + segments.join('/') + end;
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '') return '';
  return rawQuery
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const mark = pair.indexOf('=');
      const name = mark < 0 ? pair : pair.slice(0, mark);
      return [encode(decode(name)), encode(decode(mark < 0 ? '' : pair.slice(mark + 1)))];
    })
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : x > y ? 1 : 0) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The canonical request for the headers that the client says it signed. */
export function canonicalRequest(
  call: Call,
  signedHeaders: string[],
  payloadHash: string,
  path: (path: string) => string = canonicalPath
): string {
  const lines = signedHeaders.map(name => {
    const values = call.headers.get(name) ?? [];
    return `${name}:${values.map(value => value.trim().replace(/ +/g, ' ')).join(',')}\n`;
  });
  return [
    call.method,
    path(call.path),
    canonicalQuery(call.rawQuery),
    lines.join(''),
    signedHeaders.join(';'),
    payloadHash
  ].join('\n');
}
