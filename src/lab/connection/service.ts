import type { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { OpenNotebooks } from '../kernel/open-notebooks';
import type { CodeArtifactModel } from './model';
import type { SettingsLink } from '../settings/settings-link';
import { ICodeArtifact } from '../tokens';
import type { KernelShadow } from './store';

/** What our own plugins know of the service behind ICodeArtifact. */
export interface CodeArtifactService extends ICodeArtifact {
  readonly model: CodeArtifactModel;
  readonly settings: SettingsLink;
  /** The notebooks of this page: the notebook plugin enters them. */
  readonly notebooks: OpenNotebooks;
  /** What is done about a variable in a kernel. */
  readonly shadow: (deed: 'unset' | 'ignore', shadow: KernelShadow | undefined) => void;
  /** What ties it to the server. */
  readonly following: IDisposable;
}

/** The public token, as the plugins of this package may see it: the same object with more to it. */
export const ICodeArtifactService = ICodeArtifact as Token<unknown> as Token<CodeArtifactService>;

export const createService = (
  model: CodeArtifactModel,
  settings: SettingsLink,
  notebooks: OpenNotebooks,
  shadow: CodeArtifactService['shadow'],
  following: IDisposable
): CodeArtifactService => ({
  model,
  notebooks,
  shadow,
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
