const escape = (text: string): string =>
  text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

/** Members as elements; a list's entries as `entry` elements (`item` in EC2, `member` in IAM). */
export function xml(value: unknown, entry: string): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(each => `<${entry}>${xml(each, entry)}</${entry}>`).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => `<${name}>${xml(each, entry)}</${name}>`)
      .join('');
  }
  return escape(String(value));
}
