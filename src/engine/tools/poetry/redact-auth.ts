const HIDDEN = '****';

/** Table headers, the user names, our own marks and blank lines; all else in an auth.toml may be a secret. */
const PLAIN = /^\s*(?:\[[^=]*\]\s*|username\s*=\s*(?:"[\w.@-]*"|'[\w.@-]*')\s*|# (?:>>>|<<<|for) \S[^@]*)?$/;

/** An auth.toml with every value hidden but user names; it keeps its lines. */
export const redactAuth = (text: string): string =>
  text.replace(/[^\r\n]+/g, line => {
    if (PLAIN.test(line)) {
      return line;
    }
    const key = /^\s*(?:[\w-]+|"[^"\\]*"|'[^']*')\s*=\s*/.exec(line)?.[0];
    return (key ?? '') + HIDDEN;
  });
