import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { lockedTitle, lockReason, ownValue } from './pin-text';
import type { Trans } from '../ui/trans';
import { parseJsonWithComments } from './jsonc';
import type { Pin, Pins } from './pins';

type Plugin = ISettingRegistry.IPlugin;
type Fields = Record<string, unknown>;

export type PinTransform = Record<ISettingRegistry.IPlugin.Phase, ISettingRegistry.IPlugin.Transform>;

/** The list of pins itself: JupyterLab makes a setting of each key of an overrides file, this one without a type. */
const PINNED = 'pinned';

const unused = (trans: Trans, raw: Fields, key: string, pin: Pin): string =>
  key in raw && raw[key] !== pin.value ? ownValue(trans, String(raw[key])) : '';

/**
 * Shows pins in JupyterLab's own settings: read-only, with the administrator's value and the reason, and
 * never written into the user's file (the settings form writes back everything it shows, so a pinned value
 * would stay after the pin is lifted). It is a guard rail for the eye: the server enforces pins by itself.
 *
 * Both functions are synchronous, as the registry wants them, and `compose` works out the composite by
 * itself because the registry keeps the first schema it saw.
 */
export function pinTransform(pins: Pins, trans: Trans): PinTransform {
  const keys = Object.keys(pins);
  return {
    fetch: (plugin: Plugin): Plugin => {
      if (!keys.length) {
        return plugin;
      }
      const raw = parseJsonWithComments(plugin.raw) ?? {};
      const properties: Record<string, Fields> = {};
      for (const [key, property] of Object.entries(
        (plugin.schema.properties ?? {}) as Record<string, Fields>
      )) {
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
      const kept = Object.fromEntries(Object.entries(raw).filter(([key]) => !(key in pins)));
      // Untouched when there is nothing to strip: the user's comments stay.
      const same = Object.keys(kept).length === Object.keys(raw).length;
      return {
        ...plugin,
        raw: same ? plugin.raw : JSON.stringify(kept, null, 2),
        schema: { ...plugin.schema, properties } as Plugin['schema']
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
