import { TOOLS, type File, type Tool } from '../../protocol/file';
import { redactUrl } from './text/url-credentials';
import type { PipEffective } from './pip/effective';
import type { Shadow } from './shadow';
import type { Expected } from './tools-deps';

interface Looked {
  readonly ok: boolean;
  readonly pip: PipEffective;
  readonly of: Readonly<Record<Tool, readonly Shadow[]>>;
  readonly expected: Expected;
  readonly files: readonly File[];
}

/** What the chosen tools use, in one sentence, and where that is said. Nothing is said of a tool that was not chosen. */
export function toolsSummary({ ok, pip, of, expected, files }: Looked): string {
  const { settings, indexUrl } = expected;
  if (ok) {
    const said = settings.tools.flatMap(tool => {
      const source =
        tool === 'pip'
          ? (pip.source?.path ?? pip.source?.variable)
          : files.find(file => file.tool === tool)?.path;
      return source === undefined ? [] : [`${tool} uses ${urlOf(tool, indexUrl)}, as ${source} says`];
    });
    return said.length > 0 ? `${said.join('; ')}.` : 'No file of a package tool names this connection.';
  }
  const tool = TOOLS.find(name => of[name].length > 0);
  if (!tool) {
    return `pip uses ${redactUrl(pip.url) || 'no extra index'}: no file names this connection.`;
  }
  const [first, ...others] = TOOLS.flatMap(name => of[name]);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${tool} does not use this connection because of ${first.by}${more}.`;
}

/** twine uploads to the repository itself. */
const urlOf = (tool: Tool, indexUrl: string): string =>
  tool === 'twine' ? indexUrl.replace(/simple\/$/, '') : indexUrl;
