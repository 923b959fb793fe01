import * as z from 'zod/mini';

/**
 * A sentence, title or name that stands somewhere in an answer, in English, and how it was made: so the page can say it
 * in its reader's language. `text` is what translators see; filled with its values it is what stands there.
 */
export const PhraseSchema = z.object({
  /** `%1`, `%2` … stand for the values. */
  text: z.string(),
  /** The same for another number than one: `%1` is the count. */
  many: z.optional(z.string()),
  /** Names, numbers and code; one may be a phrase itself, which is then listed as well. */
  values: z.optional(z.array(z.union([z.string(), z.number()])))
});

export type Phrase = z.infer<typeof PhraseSchema>;
