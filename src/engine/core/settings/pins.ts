import type { SettingsInput } from '../../../protocol/request';
import { SETTINGS, type SettingName } from '../../../protocol/settings';
import { type Outcome, done } from '../failure';
import { refused, shown } from './invalid-settings';
import { trans } from '../say';

type Raw = Partial<Record<SettingName, unknown>>;

/**
 * The command line's flags laid over the settings, and the administrator's pins over both.
 * A flag that differs from a pin is an error, not a note: the person asked for it just now.
 */
export function mergeFlags(input: SettingsInput, flags: Raw): Outcome<{ settings: Raw; notes: string[] }> {
  const problems: { setting: string; message: string }[] = [];
  const settings: Raw = { ...input.settings };
  for (const { name, flag } of SETTINGS) {
    const pin = Object.hasOwn(input.pins, name) ? input.pins[name] : undefined;
    const asked = flags[name];
    if (asked !== undefined && pin && !same(asked, pin.value)) {
      problems.push({
        setting: name,
        message: trans.__(
          '--%1 may not be %2: an administrator has fixed %3 to %4 in %5.',
          flag,
          shown(asked),
          name,
          printed(pin.value),
          pin.file
        )
      });
    }
    if (pin) {
      settings[name] = pin.value;
    } else if (asked !== undefined) {
      settings[name] = asked;
    }
  }
  return problems.length > 0
    ? refused(problems.map(p => p.message).join(' '), { problems })
    : done({ settings, notes: [...input.notes] });
}

/** Lists are compared as sets: `pip,uv` and `uv,pip` ask for the same. */
function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...new Set(value)].sort() : value);
  return plain(a) === plain(b);
}

/** An administrator's value is no secret and is shown whole. */
const printed = (value: unknown): string => (Array.isArray(value) ? value.join(',') : JSON.stringify(value));
