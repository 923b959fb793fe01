import { PageConfig } from '@jupyterlab/coreutils';

/** A setting that an administrator has fixed. */
export interface Pin {
  readonly value: unknown;
  /** The file that fixes it. */
  readonly file: string;
  /** The administrator's own words, when the file gives some. */
  readonly reason?: string;
}

export type Pins = Readonly<Record<string, Pin>>;

/**
 * The pins, as the server put them into the page: known at once, which the settings transform needs
 * (it is synchronous and must be there before the settings are loaded). They are shown here and
 * enforced by the server; a page that cannot be read shows none.
 */
export function readPins(option: string = PageConfig.getOption('codeartifactPolicy')): Pins {
  try {
    const { pinned } = JSON.parse(option || '{}') as { pinned?: Record<string, Partial<Pin>> };
    return Object.fromEntries(
      Object.entries(pinned ?? {}).map(([key, pin]) => [
        key,
        {
          value: pin.value,
          file: String(pin.file ?? ''),
          // The server's own words name the file, which is shown anyway.
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
