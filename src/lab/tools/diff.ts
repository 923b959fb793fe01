import { parsePatch } from 'diff';

/** One file of a unified diff. */
export interface IFileDiff {
  readonly path: string;
  readonly kind: 'new' | 'changed' | 'removed';
  /** Null separates two parts of the file. */
  readonly lines: readonly (IDiffLine | null)[];
}

export interface IDiffLine {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

const NOTHING = '/dev/null';

const isSign = (sign: string): sign is IDiffLine['sign'] => sign === '+' || sign === '-' || sign === ' ';

/** The files of a unified diff, as the preview shows them. @throws Error when the text is not a diff */
export function readDiff(text: string): readonly IFileDiff[] {
  return parsePatch(text).flatMap(({ oldFileName = '', newFileName = '', hunks }): IFileDiff[] => {
    const kind = oldFileName === NOTHING ? 'new' : newFileName === NOTHING ? 'removed' : 'changed';
    const path = kind === 'removed' ? oldFileName : newFileName;
    const lines = hunks.flatMap((hunk, index): (IDiffLine | null)[] => [
      ...(index > 0 ? [null] : []),
      // "\ No newline at end of file" is not a line of the file.
      ...hunk.lines.flatMap(line =>
        isSign(line.charAt(0)) ? [{ sign: line.charAt(0) as IDiffLine['sign'], text: line.slice(1) }] : []
      )
    ]);
    return path ? [{ path, kind, lines }] : [];
  });
}
