import type { ICodeCellModel } from '@jupyterlab/cells';

/** What pip says when its index gives it nothing, above all when the token has ended (pip's own words). */
const NOTHING_FOUND = /No matching distribution found for|Could not find a version that satisfies/;

/** Whether an output of the cell tells that pip found nothing. */
export function pipFoundNothing(model: ICodeCellModel): boolean {
  for (let index = model.outputs.length - 1; index >= 0; index--) {
    const output = model.outputs.get(index);
    const text: unknown =
      output.type === 'stream' ? (output.toJSON() as { text?: unknown }).text : output.data['text/plain'];
    const lines = Array.isArray(text) ? text.join('') : text;
    if (typeof lines === 'string' && NOTHING_FOUND.test(lines)) {
      return true;
    }
  }
  return false;
}
