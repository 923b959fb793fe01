import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import {
  addIcon,
  checkIcon,
  closeIcon,
  copyIcon,
  downloadIcon,
  fileIcon,
  inspectorIcon,
  linkIcon,
  refreshIcon,
  searchIcon,
  settingsIcon,
  stopIcon,
  undoIcon
} from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate, DisposableSet } from '@lumino/disposable';
import type { ICodeArtifactService } from '../connection/service';
import { CommandIDs, PANEL_ID } from '../tokens';
import { codeArtifactIcon } from '../ui/codeartifact-icon';
import type { Handlers } from './handlers';

const text = (description: string): ReadonlyPartialJSONObject => ({ type: 'string', description });

const SHORT = {
  short: { type: 'boolean', description: 'Whether the label leaves out "CodeArtifact".' }
};

const CHOICE = {
  domain: text('The domain.'),
  domainOwner: text('The AWS account that owns the domain; empty for the caller’s.'),
  repository: text('The repository.'),
  region: text('The AWS Region; empty leaves the setting as it is.')
};

interface ICommand {
  /** The label where nothing else names CodeArtifact, and the one in a menu that does. */
  readonly label: string;
  readonly short: string;
  readonly caption: string;
  readonly icon: LabIcon;
  /** The arguments that it takes, as the properties of a JSON schema. */
  readonly args?: ReadonlyPartialJSONObject;
  readonly isEnabled?: () => boolean;
  /** Whether menus and the palette list it; the default is that they do. */
  readonly isVisible?: () => boolean;
  readonly execute: (args: ReadonlyPartialJSONObject) => unknown;
}

/** Adds every command of this package. Disposing the result removes them. */
export function addCommands(
  app: JupyterFrontEnd,
  service: ICodeArtifactService,
  trans: TranslationBundle
): IDisposable {
  const { commands } = app;
  const { model } = service;
  const state = (): string => model.document?.connection?.state ?? 'disconnected';
  const isLive = (): boolean => ['connected', 'refreshing', 'expired'].includes(state());
  const isRunning = (): boolean => model.store.busy !== null || model.store.live !== null;
  /** Something that a click must not interfere with; a check that nobody asked for gives way to it. */
  const isBusy = (): boolean => model.store.busy?.byUser ?? model.store.live !== null;
  /** Our lines may be on the disk, also when the last attempt failed. */
  const hasFiles = (): boolean =>
    isLive() || (state() === 'failed' && (model.document?.files.length ?? 0) > 0);
  /** Without a server part there is nobody to ask. */
  const isServed = (): boolean =>
    !['server_missing', 'not_allowed'].includes(model.store.problem?.kind ?? '');
  const isKnown = (): boolean => model.document !== null || model.store.problem !== null;
  const hasPanel = (): boolean => service.panel !== null;
  const hasShadow = (): boolean => model.store.shadows.length > 0;
  // What a command needs beyond the services is loaded when it is first executed.
  const handlers = async (): Promise<Handlers> => {
    const module = await import('./handlers');
    return new module.Handlers({ commands, service, trans });
  };
  const disposables = new DisposableSet();
  const told = new Map<string, string>();
  const add = (id: string, command: ICommand): void => {
    told.set(id, '');
    disposables.add(
      commands.addCommand(id, {
        label: args => (args.short === true ? command.short : command.label),
        caption: command.caption,
        icon: command.icon,
        describedBy: {
          args: { type: 'object', properties: { ...SHORT, ...command.args }, additionalProperties: false }
        },
        isEnabled: command.isEnabled,
        isVisible: command.isVisible,
        execute: command.execute
      })
    );
  };

  add(CommandIDs.show, {
    label: trans.__('CodeArtifact'),
    short: trans.__('Show'),
    caption: trans.__('Show the CodeArtifact panel'),
    icon: codeArtifactIcon,
    execute: () => app.shell.activateById(PANEL_ID)
  });
  add(CommandIDs.connect, {
    label: trans.__('Connect to CodeArtifact'),
    short: trans.__('Connect'),
    caption: trans.__('Let pip use the repository that the settings name'),
    icon: linkIcon,
    isEnabled: () => isServed() && !isLive() && !isBusy(),
    execute: () => model.connect()
  });
  add(CommandIDs.refresh, {
    label: trans.__('Renew the CodeArtifact token'),
    short: trans.__('Renew now'),
    caption: trans.__('Get a new token before the present one expires'),
    icon: refreshIcon,
    isEnabled: () => isLive() && !isBusy(),
    execute: () => model.refresh()
  });
  add(CommandIDs.disconnect, {
    label: trans.__('Disconnect from CodeArtifact'),
    short: trans.__('Disconnect'),
    caption: trans.__('Restore the configuration that pip had before'),
    icon: stopIcon,
    isEnabled: hasFiles,
    execute: () => model.disconnect()
  });
  add(CommandIDs.diagnose, {
    label: trans.__('Check the path to CodeArtifact'),
    short: trans.__('Check now'),
    caption: trans.__('Check every hop between this notebook and the package index'),
    icon: checkIcon,
    isEnabled: () => isServed() && !isBusy(),
    execute: () => model.diagnose()
  });
  add(CommandIDs.cancel, {
    label: trans.__('Cancel what CodeArtifact is doing'),
    short: trans.__('Cancel'),
    caption: trans.__('Stop connecting, renewing or checking'),
    icon: closeIcon,
    isEnabled: isRunning,
    execute: () => model.cancel()
  });
  add(CommandIDs.preview, {
    label: trans.__('Preview what CodeArtifact changes'),
    short: trans.__('Preview changes'),
    caption: trans.__('Show what Connect would change in pip’s files, and change nothing'),
    icon: inspectorIcon,
    isEnabled: hasPanel,
    isVisible: hasPanel,
    execute: () => service.panel?.openPreview()
  });
  add(CommandIDs.test, {
    label: trans.__('Test an installation through CodeArtifact'),
    short: trans.__('Test installation'),
    caption: trans.__('Let a kernel’s pip download one package, and install nothing'),
    icon: downloadIcon,
    isEnabled: () => hasPanel() && isLive(),
    isVisible: hasPanel,
    execute: () => service.panel?.openTest()
  });
  add(CommandIDs.copyReport, {
    label: trans.__('Copy CodeArtifact report'),
    short: trans.__('Copy report'),
    caption: trans.__('Copy all that is known about the connection as Markdown. No secret.'),
    icon: copyIcon,
    args: { error: text('An error to add to the report.') },
    isEnabled: isKnown,
    execute: async args => (await handlers()).copyReport(args)
  });
  add(CommandIDs.copyRequest, {
    label: trans.__('Copy CodeArtifact request'),
    short: trans.__('Copy request'),
    caption: trans.__('Copy what happens, the fix and how to check it, for who can fix it. No secret.'),
    icon: copyIcon,
    args: {
      whole: { type: 'boolean', description: 'Whether it has all that was seen, and every alternative.' }
    },
    isEnabled: isKnown,
    execute: async args => (await handlers()).copyRequest(args)
  });
  add(CommandIDs.openSettings, {
    label: trans.__('CodeArtifact settings'),
    short: trans.__('Settings'),
    caption: trans.__('Open the settings of CodeArtifact'),
    icon: settingsIcon,
    isEnabled: () => commands.hasCommand('settingeditor:open') || hasPanel(),
    // By its title in the schema. The page of a notebook in Notebook 7 has no editor for settings; the panel has the
    // fields that matter.
    execute: () =>
      commands.hasCommand('settingeditor:open')
        ? commands.execute('settingeditor:open', { query: trans._p('schema', 'CodeArtifact') })
        : service.panel?.openChoice()
  });
  add(CommandIDs.openFile, {
    label: trans.__('Open a configuration file of CodeArtifact'),
    short: trans.__('Open file'),
    caption: trans.__('Open a file in an editor, or copy its path when it is outside of JupyterLab’s root'),
    icon: fileIcon,
    args: { path: text('The file; by default the one that could not be written.') },
    execute: async args => (await handlers()).openFile(args)
  });
  add(CommandIDs.reload, {
    label: trans.__('Read the CodeArtifact state again'),
    short: trans.__('Look again'),
    caption: trans.__('Ask the server again, which starts the engine if it stopped'),
    icon: refreshIcon,
    execute: () => model.lookAgain()
  });
  add(CommandIDs.useRepository, {
    label: trans.__('Use a CodeArtifact repository'),
    short: trans.__('Use and connect'),
    caption: trans.__('Save a repository in the settings, and connect to it'),
    icon: linkIcon,
    args: CHOICE,
    execute: async args => (await handlers()).useRepository(args)
  });
  add(CommandIDs.addTool, {
    label: trans.__('Set up another package tool for CodeArtifact'),
    short: trans.__('Add'),
    caption: trans.__('Save the tool in the settings, and write its files if there is a connection'),
    icon: addIcon,
    args: { tool: text('A package tool, such as uv.') },
    execute: async args => (await handlers()).addTool(args)
  });
  add(CommandIDs.chooseRepository, {
    label: trans.__('Choose another CodeArtifact repository'),
    short: trans.__('Choose another repository'),
    caption: trans.__('Show the repositories that AWS lists, and the other ways to name one'),
    icon: searchIcon,
    isEnabled: hasPanel,
    isVisible: hasPanel,
    execute: () => service.panel?.openChoice()
  });
  add(CommandIDs.declineOffer, {
    label: trans.__('Decline the offered CodeArtifact repository'),
    short: trans.__('Choose another'),
    caption: trans.__('Do not use the repository that a notebook names'),
    icon: closeIcon,
    isEnabled: () => model.store.offer !== null,
    execute: () => model.setOffer(null)
  });
  add(CommandIDs.unsetVariables, {
    label: trans.__('Unset variables that override CodeArtifact in a kernel'),
    short: trans.__('Unset in this kernel'),
    caption: trans.__('Remove the variables from the kernel’s process, until it restarts'),
    icon: undoIcon,
    isEnabled: hasShadow,
    execute: () => hasShadow() && service.kernels.unset(model.store.shadows[0])
  });
  add(CommandIDs.ignoreKernel, {
    label: trans.__('Ignore variables that override CodeArtifact in a kernel'),
    short: trans.__('Ignore'),
    caption: trans.__('Report no more about this kernel'),
    icon: closeIcon,
    isEnabled: hasShadow,
    execute: () => hasShadow() && service.kernels.ignore(model.store.shadows[0])
  });

  // One by one: "something has changed" makes JupyterLab draw each button in the toolbar of each notebook again.
  const notify = (): void =>
    told.forEach((before, id) => {
      const now = `${commands.isEnabled(id)} ${commands.isVisible(id)}`;
      if (now !== before) {
        told.set(id, now);
        commands.notifyCommandChanged(id);
      }
    });
  model.stateChanged.connect(notify);
  disposables.add(new DisposableDelegate(() => void model.stateChanged.disconnect(notify)));
  return disposables;
}

/** The commands that the palette lists; the others need a situation or arguments that only the panel has. */
export const PALETTE: readonly string[] = [
  CommandIDs.show,
  CommandIDs.connect,
  CommandIDs.refresh,
  CommandIDs.disconnect,
  CommandIDs.diagnose,
  CommandIDs.cancel,
  CommandIDs.preview,
  CommandIDs.test,
  CommandIDs.chooseRepository,
  CommandIDs.copyReport,
  CommandIDs.openSettings
];
