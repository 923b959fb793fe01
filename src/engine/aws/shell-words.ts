/**
 * Python's `shlex.split(text)`, by which botocore takes apart the titles of sections and `credential_process`.
 * Undefined where Python raises: a quote is not closed, or nothing follows a backslash.
 * https://docs.python.org/3/library/shlex.html#parsing-rules (POSIX mode)
 */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quote === "'" || (quote === '"' && char !== '\\')) {
      if (char === quote) {
        quote = '';
      } else {
        word += char;
      }
    } else if (char === '\\') {
      const next = text[++at];
      if (next === undefined) {
        return undefined;
      }
      // Within double quotes a backslash is one, unless a quote or another backslash follows.
      word = (word ?? '') + (quote === '"' && next !== '"' && next !== '\\' ? '\\' : '') + next;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (' \t\r\n'.includes(char)) {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== '') {
    return undefined;
  }
  return word === undefined ? words : [...words, word];
}

/**
 * The same words for `/bin/sh`, each within single quotes, so that the shell finds nothing to expand. `#` and `;` are
 * spelt by printf: the SDK's reader of the file would take them for the beginning of a comment.
 */
export const quotedForShell = (words: readonly string[]): string =>
  words
    .map(
      word =>
        `'${word
          .replaceAll("'", `'\\''`)
          .replaceAll('#', `'"$(printf '\\043')"'`)
          .replaceAll(';', `'"$(printf '\\073')"'`)}'`
    )
    .join(' ');
