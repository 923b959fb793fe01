import type { TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { isForTranslators, pseudo } from './pseudo';

/**
 * A language pack as JupyterLab hands it to an extension.
 *
 * @param texts those that are in the pack; left out: all
 */
export function pseudoBundle(texts?: ReadonlySet<string>): TranslationBundle {
  const english = nullTranslator.load('');
  const known = (text: string): string =>
    texts?.has(text) === false || !isForTranslators(text) ? text : pseudo(text);
  return {
    ...english,
    __: (text: string, ...values: unknown[]) => english.__(known(text), ...values),
    gettext: (text: string, ...values: unknown[]) => english.gettext(known(text), ...values),
    _n: (one: string, many: string, count: number, ...values: unknown[]) =>
      english._n(known(one), known(many), count, ...values),
    ngettext: (one: string, many: string, count: number, ...values: unknown[]) =>
      english.ngettext(known(one), known(many), count, ...values),
    _p: (context: string, text: string, ...values: unknown[]) => english._p(context, known(text), ...values),
    pgettext: (context: string, text: string, ...values: unknown[]) =>
      english.pgettext(context, known(text), ...values)
  } as unknown as TranslationBundle;
}
