import * as z from 'zod/mini';
import { SnippetSchema } from './fix';
import { TOOLS } from './tools';

export { TOOLS, type Tool } from './tools';

/** One configuration file of a package tool, as `files` of the document lists it. */
export const FileSchema = z.object({
  tool: z.enum([...TOOLS, 'netrc']),
  path: z.string(),
  scope: z.enum(['user', 'site', 'global', 'environment']),
  /** Octal permission bits, such as "0600". */
  mode: z.string(),
  /** Whether the tool really takes the index from here. */
  effective: z.boolean(),
  /** What wins over it: a file with its line, or a variable, in words. */
  shadowedBy: z.array(z.string()),
  /** Something the user should know: permissions were tightened, somebody edited it since. */
  note: z.optional(z.string()),
  /** What is left for the user to do once in each project, such as naming the repository as a source. */
  next: z.optional(SnippetSchema)
});

export type File = z.infer<typeof FileSchema>;
