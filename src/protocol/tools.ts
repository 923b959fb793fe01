/** The package tools whose configuration we can write, in the order in which they are shown. */
export const TOOLS = ['pip', 'uv', 'twine', 'npm', 'poetry'] as const;

export type Tool = (typeof TOOLS)[number];

/** What a tool is called in titles, and what it can do with a connection. */
interface ToolRow {
  readonly title: string;
  readonly does: 'install' | 'upload';
  /** What it needs besides that no check looks at. */
  readonly given?: string;
}

export const TOOL: Readonly<Record<Tool, ToolRow>> = {
  pip: { title: 'pip', does: 'install' },
  uv: { title: 'uv', does: 'install' },
  twine: { title: 'twine', does: 'upload' },
  // https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html
  npm: { title: 'npm', does: 'install', given: 'where Amazon S3 can be reached' },
  poetry: { title: 'Poetry', does: 'install', given: 'in a project that names it as a source' }
};

/** A package tool as it is called; one that is not known here, by its name. */
export const toolTitle = (tool: string): string => TOOL[tool as Tool]?.title ?? tool;
