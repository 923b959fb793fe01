/** The package tools whose configuration we can write, in the order in which they are shown. */
export const TOOLS = ['pip', 'uv', 'twine', 'npm', 'poetry'] as const;

export type Tool = (typeof TOOLS)[number];

/** What a tool is called in titles, and what it can do with a connection. */
interface ToolRow {
  readonly title: string;
  /** `by source`: it installs in a project that names the repository as a source. */
  readonly does: 'install' | 'upload' | 'install by source';
}

export const TOOL: Readonly<Record<Tool, ToolRow>> = {
  pip: { title: 'pip', does: 'install' },
  uv: { title: 'uv', does: 'install' },
  twine: { title: 'twine', does: 'upload' },
  npm: { title: 'npm', does: 'install' },
  poetry: { title: 'Poetry', does: 'install by source' }
};
