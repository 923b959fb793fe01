import type { Pin } from './pins';
import type { Trans } from '../ui/trans';

/** Why a field cannot be changed, in the panel. */
export const pinReason = (trans: Trans, pin: Pin): string =>
  pin.file
    ? trans.__('Your administrator set the fields with a lock, in `%1`.', pin.file)
    : trans.__('Your administrator set the fields with a lock.');

/** The same below a field of the settings editor, where there is no code type. */
export const lockReason = (trans: Trans, pin: Pin): string =>
  pin.file
    ? trans.__('Locked by your administrator in %1.', pin.file)
    : trans.__('Locked by your administrator.');

/** A user's value that lost to a pin. */
export const ownValue = (trans: Trans, value: string): string =>
  trans.__('Your own value, %1, is not used.', value);

/** The title of a locked field in the settings editor, which has no icon for it. */
export const lockedTitle = (trans: Trans, title: string): string => trans.__('%1 (locked)', title);
