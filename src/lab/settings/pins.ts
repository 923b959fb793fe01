import { PageConfig } from '@jupyterlab/coreutils';
import type { Trans } from '../ui/trans';

/** A setting that an administrator has fixed. */
export interface IPin {
  readonly value: unknown;
  /** The file that fixes it. */
  readonly file: string;
  /** The administrator's own words, when the file has some. */
  readonly reason?: string;
}

/** By the setting's key. */
export type Pins = Readonly<Record<string, IPin>>;

/**
 * The pins that the server put into the page. They are available at once, which the settings transform needs: it is
 * synchronous and must be registered before the settings are loaded. The front end shows pins and the server enforces
 * them, so a value that cannot be read means that none are shown.
 */
export function readPins(option: string = PageConfig.getOption('codeartifactPolicy')): Pins {
  try {
    const { pinned } = JSON.parse(option || '{}') as { pinned?: Record<string, Partial<IPin>> };
    return Object.fromEntries(
      Object.entries(pinned ?? {}).map(([key, pin]) => [
        key,
        {
          value: pin.value,
          file: String(pin.file ?? ''),
          // The server's default reason only names the file, which is shown anyway.
          reason:
            pin.reason && pin.reason !== `Set by your administrator in ${pin.file}`
              ? String(pin.reason)
              : undefined
        }
      ])
    );
  } catch {
    return {};
  }
}

/** Why a field of the settings editor cannot be changed; the panel has its own words (locked-fields). */
export const lockReason = (trans: Trans, pin: IPin): string =>
  pin.file
    ? trans.__('Locked by your administrator in %1.', pin.file)
    : trans.__('Locked by your administrator.');

/** A value of the user that a pin overrides. */
export const ownValue = (trans: Trans, value: string): string =>
  trans.__('Your own value, %1, is not used.', value);

/** The title of a locked field in the settings editor, which has no icon for it. */
export const lockedTitle = (trans: Trans, title: string): string => trans.__('%1 (locked)', title);
