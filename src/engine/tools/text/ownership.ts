/** How a line of ours is told from everybody else's when a file was edited since we wrote it. */
export interface Ownership {
  /** Without credentials. */
  readonly indexUrl: string;
  /** Whether a password found in the file is a token of ours. */
  readonly isOurs: (password: string) => boolean;
  /** The tokens we wrote are not known any more, so that `isOurs` is true of every password. */
  readonly byLooks?: boolean;
}

/** What had to give way to our lines, for putting back when the file was edited in between. */
export interface Replaced {
  /** The lines, word or values replaced; null when there were none. */
  readonly text: string | null;
  /** What we had to add to hold our line. */
  readonly added: 'section' | 'option' | null;
}

export const NOTHING_REPLACED: Replaced = { text: null, added: null };
