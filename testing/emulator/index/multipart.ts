// multipart/form-data as twine sends it: https://www.rfc-editor.org/rfc/rfc7578

export interface Part {
  filename: string | null;
  content: Buffer;
}

/** The form's fields; of a repeated one the last. Undefined when the body is not what the header says. */
export function parseMultipart(contentType: string, body: Buffer): Map<string, Part> | undefined {
  const m = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType);
  if (m === null) return undefined;
  const delimiter = Buffer.from(`--${m[1]}`);
  const parts = new Map<string, Part>();
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const next = body.indexOf(delimiter, start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (next < 0 || headEnd < 0 || headEnd > next) return undefined;
    const head = body.subarray(start, headEnd).toString('utf8');
    const name = /[; ]name="([^"]*)"/i.exec(head);
    const filename = /filename="([^"]*)"/i.exec(head);
    if (name !== null) {
      parts.set(name[1], { filename: filename?.[1] ?? null, content: body.subarray(headEnd + 4, next - 2) });
    }
    at = next;
  }
  return undefined;
}
