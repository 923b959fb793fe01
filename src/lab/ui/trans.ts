import type { TranslationBundle } from '@jupyterlab/translation';

/** What the words need of a translator. Values stand between back quotes where code type is meant. */
export type Trans = Pick<TranslationBundle, '__' | '_n'> & {
  /** What the engine said, in the reader's language: see `said`. */
  said?(english: string): string;
};

export { said } from '../../protocol/text';

/** The same words where code type cannot be: clipboard, titles, screen readers. */
export const plain = (text: string): string => spaced(text.replace(/`/g, ''));

/** Ordinary spaces for what leaves the page: terminals and tickets do not know others. */
export const spaced = (text: string): string => text.replace(/\u00a0/g, ' ');
