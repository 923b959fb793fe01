import type { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { CodeArtifactModel } from '../model/model';
import type { SettingsLink } from '../model/settings';
import { ICodeArtifact } from '../tokens';

/** What our own plugins know of the service behind ICodeArtifact. */
export interface Service extends ICodeArtifact {
  readonly model: CodeArtifactModel;
  readonly settings: SettingsLink;
  /** What ties it to the server. */
  readonly following: IDisposable;
}

/** The public token, as the plugins of this package may see it: the same object with more to it. */
export const OurCodeArtifact = ICodeArtifact as Token<unknown> as Token<Service>;

export const createService = (
  model: CodeArtifactModel,
  settings: SettingsLink,
  following: IDisposable
): Service => ({
  model,
  settings,
  following,
  get document() {
    return model.document;
  },
  stateChanged: model.stateChanged,
  connect: () => model.connect(),
  refresh: () => model.refresh(),
  disconnect: () => model.disconnect(),
  diagnose: () => model.diagnose(),
  cancel: () => model.cancel()
});
