/** Says at the top of a page where its content comes from. */
export const generated = source =>
  `% Written by scripts/write-reference.mjs from ${source}. Change those, then run: npm run docs:reference\n`;

const cell = text =>
  String(text)
    .replace(/\|/g, '\\|')
    .replace(/\s*\n\s*/g, ' ')
    .trim();

/** A Markdown table; `rows` are arrays of as many cells as `heads`. */
export function table(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export const code = value => `\`${value}\``;
