import type { File } from '../../protocol/file';
import type { Edit } from './text/edit';
import type { Ownership, Replaced } from './text/ownership';
import type { Parsed } from './text/parse-result';

/** How one tool's file takes our lines in and gives them back. Texts in, edits out. */
export interface Editor {
  readonly tool: File['tool'];
  /** The program that reads the file, for sentences. */
  readonly reader: string;
  /** The edits that make the file say what we want; none when it does already. */
  put(text: string): Parsed<{ readonly edits: readonly Edit[]; readonly was: Replaced }>;
}

/** The edits that take our lines out of a file that was edited since we wrote it. */
export type Take = (text: string, mark: Ownership, was: Replaced) => Parsed<readonly Edit[]>;

/** One file to write. */
export interface Job extends Editor {
  readonly path: string;
  readonly scope: File['scope'];
  /** Whether it will hold the token. */
  readonly secret: boolean;
}
