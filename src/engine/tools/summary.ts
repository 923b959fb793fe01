import type { File } from '../../protocol/file';
import type { Look } from './adapter';
import type { PipEffective } from './pip/effective';
import { adapterOf } from './registry';
import { redactUrl } from './text/url-credentials';
import type { Expected } from './tools-deps';
import { trans } from '../core/say';

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
        : [
            says?.(indexUrl, source) ??
              trans.__('%1 uses %2, as %3 says', tool, urlOf(tool, indexUrl), source)
          ];
    });
    return said.length > 0
      ? trans.__(
          '%1.',
          said.reduce((one, other) => trans.__('%1; %2', one, other))
        )
      : trans.__('No file of a package tool names this connection.');
  }
  const [tool] = [...looks].find(([, look]) => look && look.shadows.length > 0) ?? [];
  const [idle] = [...looks].find(([name, look]) => name !== 'pip' && look?.uses === false) ?? [];
  if (!tool && idle) {
    return trans.__('No file of %1 names this connection.', adapterOf(idle).reader);
  }
  if (!tool) {
    return trans.__(
      'pip uses %1: no file names this connection.',
      redactUrl(pip.url) || trans.__('no extra index')
    );
  }
  const [first, ...others] = [...looks.values()].flatMap(look => look?.shadows ?? []);
  const { reader } = adapterOf(tool);
  return others.length > 0
    ? trans.__('%1 does not use this connection because of %2, and %3 more.', reader, first.by, others.length)
    : trans.__('%1 does not use this connection because of %2.', reader, first.by);
}

/** twine uploads to the repository itself. */
const urlOf = (tool: File['tool'], indexUrl: string): string =>
  tool === 'twine' ? indexUrl.replace(/simple\/$/, '') : indexUrl;
