import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { createApi } from '../api/client';
import { OpenNotebooks } from '../kernel/open-notebooks';
// The token that others may ask for is made at once, and it is the model.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { CodeArtifactModel } from './model';
import { readPins } from '../settings/pins';
import { SettingsLink } from '../settings/settings-link';
import { pinTransform } from '../settings/pin-transform';
import { DOMAIN, ICodeArtifact, PLUGIN_ID } from '../tokens';
import { followEvents } from './follow-events';
import { followKernels } from '../kernel/follow-kernels';
import { createService } from './service';

export const main: JupyterFrontEndPlugin<ICodeArtifact> = {
  id: PLUGIN_ID,
  description: 'Keeps the state of the CodeArtifact connection, and shows pinned settings as locked.',
  autoStart: true,
  provides: ICodeArtifact,
  optional: [ISettingRegistry, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    registry: ISettingRegistry | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): ICodeArtifact => {
    const pins = readPins();
    // First of all and at once: settings that wait for their transform block whoever loads them.
    registry?.transform(PLUGIN_ID, pinTransform(pins, (translator ?? nullTranslator).load(DOMAIN)));
    const model = new CodeArtifactModel({ api: createApi(app.serviceManager.serverSettings), pins });
    const settings = new SettingsLink(registry, model);
    void settings.follow();
    const notebooks = new OpenNotebooks();
    const shadow = followKernels(notebooks, model);
    return createService(model, settings, notebooks, shadow, followEvents(app, model, state));
  }
};
