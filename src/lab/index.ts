import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, IMovableSectionRegistry } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate, DisposableSet } from '@lumino/disposable';
// Labels and states of commands are needed at once; what they execute is loaded when it is first needed.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { addCommands, PALETTE } from './commands/commands';
import { CodeArtifactService, ICodeArtifactService, publicApiOf } from './connection/service';
import { StatusItem } from './connection/status-item';
import { NotebookExtension } from './notebook/notebook-extension';
// The layout restorer needs the widget when JupyterLab starts; the widget loads its content later.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { CodeArtifactPanel } from './panel/panel';
import { pinTransform } from './settings/pin-transform';
import { readPins } from './settings/pins';
import { CommandIDs, DOMAIN, ICodeArtifact, PANEL_ID, PLUGIN_ID } from './tokens';

export { ICodeArtifact } from './tokens';

/** Between the panels of core (up to 500) and the extension manager (1000), where other extensions' panels are. */
const PANEL_RANK = 601;

/** Left of the editor's line and column (rank 2 and less in core), among the items that are always shown. */
const STATUS_RANK = 30;

/** The services, the settings with their pins, and the commands. */
const main: JupyterFrontEndPlugin<ICodeArtifactService> = {
  id: PLUGIN_ID,
  description: 'Keeps the state of the CodeArtifact connection, and shows pinned settings as locked.',
  autoStart: true,
  provides: ICodeArtifactService,
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): ICodeArtifactService => {
    const bundle = (translator ?? nullTranslator).load(DOMAIN);
    const pins = readPins();
    // Before anything else: whoever loads settings that have a transform waits for it.
    const transform = registry?.transform(PLUGIN_ID, pinTransform(pins, bundle));
    const service = new CodeArtifactService({ app, pins, registry });
    const commands = addCommands(app, service, service.phrasebook.speaker(bundle));
    Private.onDeactivate(PLUGIN_ID, [commands, service, ...(transform ? [transform] : [])]);
    return service;
  },
  deactivate: () => Private.deactivate(PLUGIN_ID)
};

/** The public interface, for other extensions. It is activated when one of them asks for it. */
const api: JupyterFrontEndPlugin<ICodeArtifact> = {
  id: 'jupyterlab-codeartifact:api',
  description: 'Provides the CodeArtifact connection to other extensions.',
  provides: ICodeArtifact,
  requires: [ICodeArtifactService],
  activate: (_: JupyterFrontEnd, service: ICodeArtifactService): ICodeArtifact => publicApiOf(service.model),
  deactivate: () => undefined
};

/** The entries of the palette; the menu and the notebook's toolbar are in schema/commands.json. */
const palette: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:commands',
  description: 'Lists the commands of CodeArtifact in the palette, the menu and the notebook’s toolbar.',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ICommandPalette, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    _service: ICodeArtifactService,
    commandPalette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const category = (translator ?? nullTranslator).load(DOMAIN).__('CodeArtifact');
    const items = PALETTE.map(command => commandPalette?.addItem({ command, category }));
    Private.onDeactivate(palette.id, items);
  },
  deactivate: () => Private.deactivate(palette.id)
};

/** The panel in the side bar. */
const panel: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:panel',
  description: 'Adds the CodeArtifact panel to the side bar.',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ILayoutRestorer, IStateDB, ITranslator, IMovableSectionRegistry],
  activate: (
    app: JupyterFrontEnd,
    service: ICodeArtifactService,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    translator: ITranslator | null,
    movable?: IMovableSectionRegistry | null
  ): void => {
    const { model } = service;
    const trans = service.phrasebook.speaker((translator ?? nullTranslator).load(DOMAIN));
    const widget: CodeArtifactPanel = new CodeArtifactPanel({
      model,
      trans,
      load: async () => {
        const { PanelContent } = await import('./panel/panel-content');
        return new PanelContent({ app, service, state, trans, isShown: () => widget.isVisible });
      }
    });
    restorer?.add(widget, PANEL_ID);
    movable?.registerTarget(PANEL_ID, widget.title.caption, widget);
    app.shell.add(widget, 'left', { rank: PANEL_RANK, type: 'CodeArtifact' });
    const show = (): void => {
      if (!widget.isVisible) {
        app.shell.activateById(PANEL_ID);
      }
    };
    service.panel = {
      openPreview: async () => {
        show();
        await (await widget.load()).openPreview();
      },
      openTest: async () => {
        show();
        await (await widget.load()).openTest();
      },
      openChoice: async () => {
        show();
        await (await widget.load()).openChoice();
      }
    };
    // Notifications and the history begin with the first document or request, whether or not the panel is opened.
    const onState = (): void => {
      if (model.document || model.store.busy?.shown) {
        model.stateChanged.disconnect(onState);
        widget.load().catch(error => console.warn('CodeArtifact: the panel could not be loaded.', error));
      }
    };
    model.stateChanged.connect(onState);
    const detach = new DisposableDelegate(() => {
      model.stateChanged.disconnect(onState);
      service.panel = null;
    });
    Private.onDeactivate(panel.id, [detach, widget]);
  },
  deactivate: () => Private.deactivate(panel.id)
};

/** The item in the status bar, which Notebook 7 does not have. */
const status: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:status',
  description: 'Shows the CodeArtifact connection in the status bar.',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [IStatusBar, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    service: ICodeArtifactService,
    statusBar: IStatusBar | null,
    translator: ITranslator | null
  ): void => {
    if (!statusBar) {
      return;
    }
    const { model } = service;
    const trans = service.phrasebook.speaker((translator ?? nullTranslator).load(DOMAIN));
    const onPress = (): void => void app.commands.execute(CommandIDs.show);
    const item = new StatusItem({ model, trans, onPress });
    const registration = statusBar.registerStatusItem('jupyterlab-codeartifact:status', {
      item,
      align: 'right',
      rank: STATUS_RANK,
      // There is nothing to show before the first document, and no request is made to get one.
      isActive: () => model.document !== null,
      activeStateChanged: model.stateChanged
    });
    Private.onDeactivate(status.id, [registration, item]);
  },
  deactivate: () => Private.deactivate(status.id)
};

/** Banners in notebooks, and the notebooks whose kernels are checked. */
const notebook: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:notebook',
  description: 'Offers the panel beside notebook cells that run "aws codeartifact login".',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, service: ICodeArtifactService, translator: ITranslator | null): void => {
    const trans = service.phrasebook.speaker((translator ?? nullTranslator).load(DOMAIN));
    const extension = new NotebookExtension({ commands: app.commands, service, trans });
    Private.onDeactivate(notebook.id, [app.docRegistry.addWidgetExtension('Notebook', extension)]);
  },
  deactivate: () => Private.deactivate(notebook.id)
};

// JupyterLab 4.5 has no movable sections, and so no token.
panel.optional = panel.optional?.filter(Boolean);

/** An administrator can disable each of them; all but the first can be missing. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [main, api, palette, panel, status, notebook];

export default plugins;

/** A namespace for private data. */
namespace Private {
  const active = new Map<string, IDisposable>();

  /** Keeps what a plugin made until it is deactivated. */
  export function onDeactivate(id: string, items: readonly (IDisposable | undefined)[]): void {
    active.set(id, DisposableSet.from(items.filter(item => item !== undefined)));
  }

  /** Disposes what a plugin made. */
  export function deactivate(id: string): void {
    active.get(id)?.dispose();
    active.delete(id);
  }
}
