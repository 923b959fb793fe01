import type { Edit } from './edit';
import { readIndexUrl, sameIndex } from './url-credentials';
import { splitLines } from './lines';
import type { Ownership } from './ownership';
import { words } from '../../core/python-whitespace';

/**
 * Takes our lines out of a file that its own reader cannot read any more, by their looks: every
 * line with our index or our token. The last resort of Disconnect, which refuses nothing.
 */
export function stripLines(text: string, mark: Ownership): Edit[] {
  const host = readIndexUrl(mark.indexUrl)?.host;
  const isOurs = (word: string): boolean => {
    const bare = word.replace(/^["']/, '').replace(/["',]$/, '');
    const url = readIndexUrl(bare);
    const isIndex = sameIndex(bare, mark.indexUrl) && (!url?.password || mark.isOurs(url.password));
    return isIndex || (mark.byLooks ? bare === host : mark.isOurs(bare));
  };
  return splitLines(text)
    .filter(line => words(line.text.replace(/^[^\s=]+=/, '')).some(word => isOurs(word.text)))
    .map(line => ({ offset: line.start, length: line.end - line.start, text: '' }));
}
