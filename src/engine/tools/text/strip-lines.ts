import type { Edit } from './edit';
import { readIndexUrl, sameIndex } from './url-credentials';
import { splitLines } from './lines';
import type { Ownership } from './ownership';
import { words } from './python-whitespace';

/**
 * Takes our lines out of a file that its own reader cannot read any more, by their looks: every
 * line with our index or our token. The last resort of Disconnect, which refuses nothing.
 */
export function stripLines(text: string, mark: Ownership): Edit[] {
  const isOurs = (word: string): boolean => {
    const bare = word.replace(/^["']|["',]+$/g, '');
    const url = readIndexUrl(bare);
    return (
      mark.isOurs(bare) || (sameIndex(bare, mark.indexUrl) && (!url?.password || mark.isOurs(url.password)))
    );
  };
  return splitLines(text)
    .filter(line => words(line.text.replace(/^[^\s=]+=/, '')).some(word => isOurs(word.text)))
    .map(line => ({ offset: line.start, length: line.end - line.start, text: '' }));
}
