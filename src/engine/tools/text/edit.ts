/** One replacement in a text: `length` characters at `offset` give way to `text`. UTF-16 units. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

const inOrder = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.offset - b.offset);

/** Applies edits made against the same text. They must not overlap: that would be a bug of ours. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of inOrder(edits)) {
    if (edit.offset < at || edit.offset + edit.length > text.length) {
      throw new RangeError('edits overlap or leave the text');
    }
    out += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return out + text.slice(at);
}

/** The edits that turn `applyEdits(text, edits)` back into `text`, byte for byte. */
export function invertEdits(text: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return inOrder(edits).map(edit => {
    const back = {
      offset: edit.offset + shift,
      length: edit.text.length,
      text: text.slice(edit.offset, edit.offset + edit.length)
    };
    shift += edit.text.length - edit.length;
    return back;
  });
}
