import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { codeArtifactIcon } from '../ui/codeartifact-icon';
import { CommandIDs, DOMAIN, PANEL_ID, SHORT } from '../tokens';
import type { CodeArtifactService } from '../connection/service';
import { ICodeArtifactService } from '../connection/service';

export const commands: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:commands',
  description: 'Adds the commands of CodeArtifact, and lists them in the palette.',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    service: CodeArtifactService,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const { model } = service;
    const trans = (translator ?? nullTranslator).load(DOMAIN);
    const state = (): string => model.document?.connection?.state ?? 'disconnected';
    const live = (): boolean => ['connected', 'refreshing', 'expired'].includes(state());
    const running = (): boolean =>
      model.store.busy !== null || state() === 'connecting' || state() === 'refreshing';
    const add = (
      id: string,
      label: string,
      short: string,
      caption: string,
      execute: () => unknown,
      isEnabled: () => boolean = () => true
    ): void => {
      app.commands.addCommand(id, {
        label: args => (args.short === true ? short : label),
        caption,
        icon: id === CommandIDs.show ? codeArtifactIcon : undefined,
        describedBy: SHORT,
        isEnabled,
        execute
      });
      palette?.addItem({ command: id, category: trans.__('CodeArtifact') });
    };

    add(
      CommandIDs.show,
      trans.__('CodeArtifact'),
      trans.__('Show'),
      trans.__('Show the CodeArtifact panel'),
      () => app.shell.activateById(PANEL_ID)
    );
    add(
      CommandIDs.connect,
      trans.__('Connect to CodeArtifact'),
      trans.__('Connect'),
      trans.__('Let pip use the repository that the settings name'),
      () => model.connect(),
      () => !live() && !running()
    );
    add(
      CommandIDs.refresh,
      trans.__('Renew the CodeArtifact token'),
      trans.__('Renew now'),
      trans.__('Get a new token before the present one ends'),
      () => model.refresh(),
      () => live() && !running()
    );
    add(
      CommandIDs.disconnect,
      trans.__('Disconnect from CodeArtifact'),
      trans.__('Disconnect'),
      trans.__('Put back the configuration that pip had before'),
      () => model.disconnect(),
      live
    );
    add(
      CommandIDs.diagnose,
      trans.__('Check the path to CodeArtifact'),
      trans.__('Check now'),
      trans.__('Look at every hop between this notebook and the package index'),
      () => model.diagnose(),
      () => !running()
    );
    add(
      CommandIDs.cancel,
      trans.__('Cancel what CodeArtifact is doing'),
      trans.__('Cancel'),
      trans.__('Stop connecting, renewing or checking'),
      () => model.cancel(),
      running
    );
    add(
      CommandIDs.copyReport,
      trans.__('Copy CodeArtifact report'),
      trans.__('Copy report'),
      trans.__('Copy all that is known about the connection as Markdown. No secret.'),
      async () => (await import('./copy-report')).copyReport(model.store, trans),
      () => model.document !== null || model.store.problem !== null
    );
    add(
      CommandIDs.settings,
      trans.__('CodeArtifact settings'),
      trans.__('Settings'),
      trans.__('Open the settings of CodeArtifact'),
      () => app.commands.execute('settingeditor:open', { query: 'CodeArtifact' }),
      () => app.commands.hasCommand('settingeditor:open')
    );
    // The panel brings it; without the panel it is not listed.
    palette?.addItem({ command: CommandIDs.preview, category: trans.__('CodeArtifact') });
    model.stateChanged.connect(() => app.commands.notifyCommandChanged());
  }
};
