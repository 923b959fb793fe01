import type { Settings } from '../../protocol/settings';
import type { ConnectionTarget } from './machine/state';
import type { Prepared } from './request';
import { trans } from '../core/say';

/**
 * What a renewal works with: the settings that the connection was made with, and over them what an administrator has
 * pinned by now. A pin that was added after Connect counts from the next renewal on, and is told.
 */
export function withPins<P extends Prepared>(prepared: P, { settings }: ConnectionTarget): P {
  const pins = Object.fromEntries(prepared.pinned.map(name => [name, prepared.settings[name]]));
  const differing = prepared.pinned.filter(
    name => JSON.stringify(settings[name]) !== JSON.stringify(prepared.settings[name])
  );
  const notes = differing.map(name =>
    trans.__('An administrator has fixed %1 since Connect; the renewal uses the fixed value.', name)
  );
  return {
    ...prepared,
    settings: { ...settings, ...(pins as Partial<Settings>) },
    renewalNotes: notes
  };
}
