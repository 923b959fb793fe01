/** The numbers of the file's head are little-endian, and so are those of the two tables. */
const numbers = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, index) => view.setUint32(4 * index, value, true));
  return new Uint8Array(view.buffer);
};

/**
 * Texts and their translations as a file that gettext reads:
 * https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
 */
export function mo(texts: Readonly<Record<string, string>>): Uint8Array {
  const rows = Object.entries(texts)
    .map(row => row.map(text => Buffer.from(text)))
    .sort(([a], [b]) => Buffer.compare(a, b));
  const HEAD = 7 * 4;
  const table = 8 * rows.length;
  const strings: Uint8Array[] = [];
  let at = HEAD + 2 * table;
  const place = (text: Buffer): readonly number[] => {
    const placed = [text.length, at];
    strings.push(text, Buffer.from([0]));
    at += text.length + 1;
    return placed;
  };
  const originals = rows.flatMap(([id]) => place(id));
  const translations = rows.flatMap(([, text]) => place(text));
  const head = numbers(0x950412de, 0, rows.length, HEAD, HEAD + table, 0, at);
  return Buffer.concat([head, numbers(...originals, ...translations), ...strings]);
}
