// PEP 503, PEP 691 and PEP 700's version: https://packaging.python.org/en/latest/specifications/simple-repository-api/
import type { StoredFile } from './package-store';

export const jsonType = 'application/vnd.pypi.simple.v1+json';
export const htmlType = 'text/html';

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

const page = (title: string, links: string[]): string =>
  `<!DOCTYPE html>\n<html>\n<head><title>${escape(title)}</title></head>\n<body>\n<h1>${escape(title)}</h1>\n` +
  `${links.join('\n')}\n</body>\n</html>\n`;

/** Links are relative to the page: they hold behind any host name, also a `vpce-` one. */
const href = (file: StoredFile): string =>
  `${encodeURIComponent(file.version)}/${encodeURIComponent(file.filename)}`;

/** The JSON form when the client ranks it above (or beside) HTML, as pip and uv do. */
export function wantsJson(accept: string | undefined): boolean {
  const quality = (type: string): number => {
    for (const part of (accept ?? '').split(',')) {
      const [name, ...parameters] = part.split(';').map(text => text.trim());
      if (name !== type) continue;
      const q = parameters.find(text => text.startsWith('q='));
      return q === undefined ? 1 : Number(q.slice(2));
    }
    return 0;
  };
  const json = Math.max(quality(jsonType), quality('application/vnd.pypi.simple.latest+json'));
  return json > 0 && json >= Math.max(quality(htmlType), quality('application/vnd.pypi.simple.v1+html'));
}

export function rootPage(names: string[], json: boolean): string {
  if (json)
    return JSON.stringify({ meta: { 'api-version': '1.0' }, projects: names.map(name => ({ name })) });
  return page(
    'Simple index',
    names.map(name => `<a href="${escape(name)}/">${escape(name)}</a><br/>`)
  );
}

export function projectPage(name: string, files: StoredFile[], json: boolean): string {
  if (json) {
    return JSON.stringify({
      meta: { 'api-version': '1.0' },
      name,
      files: files.map(file => ({
        filename: file.filename,
        url: href(file),
        hashes: { sha256: file.sha256 },
        ...(file.requiresPython === null ? {} : { 'requires-python': file.requiresPython })
      }))
    });
  }
  return page(
    `Links for ${name}`,
    files.map(file => {
      const python =
        file.requiresPython === null ? '' : ` data-requires-python="${escape(file.requiresPython)}"`;
      return `<a href="${href(file)}#sha256=${file.sha256}"${python}>${escape(file.filename)}</a><br/>`;
    })
  );
}
