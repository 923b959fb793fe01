import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Trans } from '../ui/trans';
import type { IPin, Pins } from './pins';
import { lockedTitle, lockReason, ownValue } from './pins';
import { inLanguage } from './schema-words';

type Plugin = ISettingRegistry.IPlugin;
type Fields = Record<string, unknown>;

export type PinTransform = Record<ISettingRegistry.IPlugin.Phase, ISettingRegistry.IPlugin.Transform>;

/** The list of pins. JupyterLab makes a setting of each key of an overrides file, so also of this one, without a type. */
const PINNED = 'pinned';

const unused = (trans: Trans, raw: Fields, key: string, pin: IPin): string =>
  key in raw && raw[key] !== pin.value ? ownValue(trans, String(raw[key])) : '';

/** A string, which must stay as it is, or a comment. What is not closed ends with the text, so that this is linear. */
const COMMENTS = /("(?:\\[\s\S]|[^"\\])*"?)|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;

/** A string, or a comma before a closing bracket. */
const TRAILING_COMMAS = /("(?:\\[\s\S]|[^"\\])*"?)|,(?=\s*[}\]])/g;

const withoutAll = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (_, string?: string) => string ?? ' ');

/**
 * Reads JSON with comments, which is what JupyterLab writes into a settings file; null when it cannot. A library would
 * have to be loaded with JupyterLab, because the transform is synchronous: jsonc-parser's `parse` alone is 9.6 kB, two
 * fifths of everything that this package loads at start. A JSON5 file with pinned keys that this cannot read is left as
 * it is; the server enforces the pins all the same.
 */
function parseJsonWithComments(text: string): Fields | null {
  try {
    const json = withoutAll(withoutAll(text, COMMENTS), TRAILING_COMMAS).trim();
    const value: unknown = JSON.parse(json || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Whether a value breaks the pattern of its setting: with it, the registry would load none of the settings. */
function isWrong({ schema }: Plugin, key: string, value: unknown): boolean {
  const { pattern } = (schema.properties?.[key] ?? {}) as { pattern?: string };
  return pattern !== undefined && typeof value === 'string' && !new RegExp(pattern).test(value);
}

/**
 * Shows settings in the page's language, and pins in JupyterLab's own settings: read-only, with the administrator's
 * value and the reason. Pins are never written into the user's file: the settings form saves everything it shows, and a
 * pinned value would stay after the pin is lifted. This is for display only; the server enforces pins.
 *
 * A name that cannot be one is left out, so that it keeps no other setting from being read; the server, which reads the
 * file itself, says what is wrong with it.
 *
 * Both functions are synchronous, as the registry requires, and `compose` computes the composite itself because the
 * registry validates with the first schema it saw.
 */
export function pinTransform(pins: Pins, trans: TranslationBundle): PinTransform {
  const keys = Object.keys(pins);
  return {
    fetch: (plugin: Plugin): Plugin => {
      const raw = parseJsonWithComments(plugin.raw) ?? {};
      const wrong = Object.keys(raw).filter(key => isWrong(plugin, key, raw[key]));
      const schema = inLanguage(plugin.schema, trans);
      const properties: Record<string, Fields> = {};
      for (const [key, property] of Object.entries((schema.properties ?? {}) as Record<string, Fields>)) {
        if (key === PINNED) {
          continue;
        }
        const pin = pins[key];
        const lines = pin && [
          property.description,
          lockReason(trans, pin),
          pin.reason,
          unused(trans, raw, key, pin)
        ];
        properties[key] = lines
          ? {
              ...property,
              title: lockedTitle(trans, String(property.title ?? key)),
              default: pin.value,
              readOnly: true,
              description: lines.filter(Boolean).join('\n')
            }
          : property;
      }
      const kept = Object.fromEntries(
        Object.entries(raw).filter(([key]) => !(key in pins) && !wrong.includes(key))
      );
      // Untouched when there is nothing to strip: the user's comments stay.
      const same = Object.keys(kept).length === Object.keys(raw).length;
      return {
        ...plugin,
        raw: same ? plugin.raw : JSON.stringify(kept, null, 2),
        schema: { ...schema, properties } as Plugin['schema']
      };
    },
    compose: (plugin: Plugin): Plugin => {
      const values = Object.fromEntries(keys.map(key => [key, pins[key].value]));
      const { [PINNED]: list, ...composite } = plugin.data.composite as Fields;
      void list;
      const user = Object.fromEntries(
        Object.entries(plugin.data.user ?? {}).filter(([key]) => !(key in pins))
      );
      return {
        ...plugin,
        data: { user, composite: { ...composite, ...values } } as Plugin['data']
      };
    }
  };
}
