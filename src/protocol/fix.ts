import * as z from 'zod/mini';
import { FIXERS } from './fixer';

export { FIXERS, type Fixer } from './fixer';

export const SnippetSchema = z.object({
  title: z.string(),
  language: z.enum(['bash', 'json', 'yaml', 'ini', 'python', 'text']),
  /** The exact text to run or paste. */
  text: z.string(),
  /** The line of `text` that is meant, counted from 1: of a file that is shown, the one to change. */
  mark: z.optional(z.number())
});

export const FixSchema = z.object({
  who: z.enum(FIXERS),
  text: z.string(),
  snippets: z.array(SnippetSchema)
});

export type Snippet = z.infer<typeof SnippetSchema>;
export type Fix = z.infer<typeof FixSchema>;
