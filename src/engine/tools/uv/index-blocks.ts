import type { Edit } from '../text/edit';
import { lineEnd, splitLines } from '../text/lines';

/** One `[[index]]` of ours. */
export interface UvIndex {
  readonly name: string;
  /** With credentials when they are inline. */
  readonly url: string;
  /** uv takes the first default, and no PyPI beside it. */
  readonly isDefault: boolean;
}

const BEGIN = '# >>> jupyterlab-codeartifact: written by Connect, removed by Disconnect';
const END = '# <<< jupyterlab-codeartifact';

const INDEX_HEADER = /^[ \t]*\[\[[ \t]*(?:index|"index"|'index')[ \t]*\]\]/;

/**
 * The edit that adds our block: before every other `[[index]]` when it is the default, because uv
 * takes the first one, else behind all. That the result says what it should is for a TOML reader to
 * judge: the text alone cannot know whether a line stands inside a multi-line string.
 */
export function putBlock(text: string, index: UvIndex): Edit {
  const eol = lineEnd(text);
  const block = [
    BEGIN,
    '[[index]]',
    `name = ${JSON.stringify(index.name)}`,
    `url = ${JSON.stringify(index.url)}`,
    ...(index.isDefault ? ['default = true'] : []),
    END
  ];
  const first = index.isDefault ? splitLines(text).find(line => INDEX_HEADER.test(line.text)) : undefined;
  if (first) {
    return { offset: first.start, length: 0, text: [...block, '', ''].join(eol) };
  }
  const apart = text === '' ? '' : /[\r\n]$/.test(text) ? eol : eol + eol;
  return { offset: text.length, length: 0, text: apart + [...block, ''].join(eol) };
}

/**
 * The edits that take our block out of a file edited since: between our marks, or, when those are
 * gone, the `[[index]]` with our URL up to the next header. Lines that others put there stay.
 */
export function takeBlock(text: string, isOurs: (url: string) => boolean): Edit[] {
  const lines = splitLines(text);
  const edits: Edit[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!INDEX_HEADER.test(lines[i].text)) {
      continue;
    }
    let end = i + 1;
    while (end < lines.length && !/^[ \t]*\[/.test(lines[end].text)) {
      end++;
    }
    const body = lines.slice(i + 1, end);
    const url = body.map(line => /^[ \t]*url[ \t]*=[ \t]*["']([^"']*)["']/.exec(line.text)?.[1]).find(u => u);
    if (url === undefined || !isOurs(url)) {
      continue;
    }
    const marks = [lines[i - 1]?.text === BEGIN ? lines[i - 1] : null, body.find(line => line.text === END)];
    const ours = body.filter(line => /^[ \t]*(name|url|default)[ \t]*=/.test(line.text));
    for (const line of [lines[i], ...ours, ...marks]) {
      if (line) {
        edits.push({ offset: line.start, length: line.end - line.start, text: '' });
      }
    }
  }
  return edits;
}
