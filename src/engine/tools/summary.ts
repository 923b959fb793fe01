import type { File } from '../../protocol/file';
import type { Look } from './adapter';
import type { PipEffective } from './pip/effective';
import { adapterOf } from './registry';
import { redactUrl } from './text/url-credentials';
import type { Expected } from './tools-deps';

interface Looked {
  readonly ok: boolean;
  readonly pip: PipEffective;
  /** Of each chosen tool. */
  readonly looks: ReadonlyMap<File['tool'], Look | undefined>;
  readonly expected: Expected;
  readonly files: readonly File[];
}

/** What the chosen tools use, in one sentence, and where that is said. Nothing is said of a tool that was not chosen. */
export function toolsSummary({ ok, pip, looks, expected, files }: Looked): string {
  const { indexUrl } = expected;
  if (ok) {
    const said = [...looks.keys()].flatMap(tool => {
      const source =
        tool === 'pip'
          ? (pip.source?.path ?? pip.source?.variable)
          : files.find(file => file.tool === tool)?.path;
      const { says } = adapterOf(tool);
      return source === undefined
        ? []
        : [says?.(indexUrl, source) ?? `${tool} uses ${urlOf(tool, indexUrl)}, as ${source} says`];
    });
    return said.length > 0 ? `${said.join('; ')}.` : 'No file of a package tool names this connection.';
  }
  const [tool] = [...looks].find(([, look]) => look && look.shadows.length > 0) ?? [];
  const [idle] = [...looks].find(([name, look]) => name !== 'pip' && look?.uses === false) ?? [];
  if (!tool && idle) {
    return `No file of ${adapterOf(idle).reader} names this connection.`;
  }
  if (!tool) {
    return `pip uses ${redactUrl(pip.url) || 'no extra index'}: no file names this connection.`;
  }
  const [first, ...others] = [...looks.values()].flatMap(look => look?.shadows ?? []);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${adapterOf(tool).reader} does not use this connection because of ${first.by}${more}.`;
}

/** twine uploads to the repository itself. */
const urlOf = (tool: File['tool'], indexUrl: string): string =>
  tool === 'twine' ? indexUrl.replace(/simple\/$/, '') : indexUrl;
