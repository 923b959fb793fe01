import type { ICodeCellModel } from '@jupyterlab/cells';

/** How an installation failed, as far as its output tells. */
export type PipFailure = 'nothing' | 'refused' | 'silent' | 'cut';

/** What pip prints when its index has no match, which is also what it prints when the token has expired. */
const NOTHING = /No matching distribution found for|Could not find a version that satisfies/;

/** pip: "401 Error, Credentials not correct for", "403 Client Error: Forbidden for url"; uv: "HTTP status client error (401". In a kernel pip asks: "User for HOST:". */
const REFUSED =
  /\b40[13] (?:Client )?Error\b|HTTP (?:status client )?error \(?40[13]\b|\bUser for [^\s:]+(?::\d+)?:/;

/** pip retries five times and more; the first line is enough. uv: "operation timed out". */
const SILENT =
  /ConnectTimeoutError|ReadTimeoutError|NewConnectionError|Max retries exceeded|Read timed out|operation timed out/;

/** Something on the way that is not the index: pip says it when it tries again, and finds nothing in the end. */
const CUT = /ProxyError|Proxy Authentication|SSLError|confirming the ssl certificate/;

/** Of one output: a longer one is cut in the middle of nothing that matters. */
const LONGEST = 200_000;

/** Where JupyterLab keeps the traceback of an error, for its renderer. */
const ERROR = 'application/vnd.jupyter.stderr';

function textOf(model: ICodeCellModel, index: number): string {
  const output = model.outputs.get(index);
  const text: unknown =
    output.type === 'stream'
      ? (output.toJSON() as { text?: unknown }).text
      : output.data[output.type === 'error' ? ERROR : 'text/plain'];
  const lines = Array.isArray(text) ? text.join('') : text;
  return typeof lines === 'string' ? lines.slice(-LONGEST) : '';
}

/**
 * How the cell's installation failed, and whether its output names our index; null when it did not fail.
 *
 * @param host of our index; empty while there is no connection
 */
export function pipFailure(
  model: ICodeCellModel,
  host: string
): { readonly kind: PipFailure; readonly ours: boolean } | null {
  let kind: PipFailure | null = null;
  let ours = false;
  let named = false;
  for (let index = model.outputs.length - 1; index >= 0; index--) {
    const text = textOf(model, index);
    kind ??= REFUSED.test(text)
      ? 'refused'
      : CUT.test(text)
        ? 'cut'
        : SILENT.test(text)
          ? 'silent'
          : NOTHING.test(text)
            ? 'nothing'
            : null;
    ours ||= host !== '' && text.includes(host);
    named ||= text.includes('://');
  }
  // With -q pip names no index at all.
  return kind && { kind, ours: ours || (kind === 'nothing' && !named) };
}
