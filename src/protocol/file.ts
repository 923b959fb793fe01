import * as z from 'zod/mini';

/** The package tools whose configuration we can write. */
export const TOOLS = ['pip', 'uv', 'twine'] as const;

export type Tool = (typeof TOOLS)[number];

/** One configuration file of a package tool, as `files` of the document lists it. */
export const FileSchema = z.object({
  tool: z.enum(['pip', 'uv', 'twine', 'netrc']),
  path: z.string(),
  scope: z.enum(['user', 'site', 'global', 'environment']),
  /** Octal permission bits, such as "0600". */
  mode: z.string(),
  /** Whether the tool really takes the index from here. */
  effective: z.boolean(),
  /** What wins over it: a file with its line, or a variable, in words. */
  shadowedBy: z.array(z.string()),
  /** Something the user should know: permissions were tightened, somebody edited it since. */
  note: z.optional(z.string())
});

export type File = z.infer<typeof FileSchema>;
