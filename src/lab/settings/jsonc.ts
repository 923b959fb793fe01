/** A string, which must stay as it is, or a comment, or a comma before a closing bracket. */
const PIECES =
  /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*[}\]])/g;

/**
 * Reads what JupyterLab writes into a settings file: JSON with comments. (json5, which reads more, is four
 * times the size of this package's model; hand-written JSON5 with pinned keys is left as it is, and the
 * server enforces the pins all the same.) Null for what cannot be read.
 */
export function parseJsonWithComments(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(
      text.replace(PIECES, (_, string?: string) => string ?? ' ').trim() || '{}'
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
