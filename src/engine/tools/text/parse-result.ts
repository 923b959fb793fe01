/** Why a file cannot be read by its own tool, in words for a person. */
export interface ParseProblem {
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, without quoting the line: it may hold a secret. */
  readonly what: string;
  /** What to change. */
  readonly fix: string;
}

/** What a reader of ours came to: a value, or the place where the real reader would stop too. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ParseProblem };

export const parsed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const stopped = (
  line: number,
  what: string,
  fix: string
): { readonly ok: false; readonly problem: ParseProblem } => ({ ok: false, problem: { line, what, fix } });
