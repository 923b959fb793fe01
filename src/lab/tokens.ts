import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Document } from '../protocol/document';

/** The plugin that owns the settings; also the settings' id on the server. */
export const PLUGIN_ID = 'jupyterlab-codeartifact:plugin';

/** The widget id of the panel, by which the layout restorer and tests find it. */
export const PANEL_ID = 'jupyterlab-codeartifact-panel';

/** The event schema of the server extension: the state has changed and can be read again. */
export const EVENT_SCHEMA = 'https://schema.jupyter.org/jupyterlab_codeartifact/connection/v1';

/** The domain of translations: the Python package's name. */
export const DOMAIN = 'jupyterlab_codeartifact';

/** The commands; the panel's buttons execute them too. */
export namespace CommandIDs {
  export const show = 'jupyterlab-codeartifact:show-panel';

  export const connect = 'jupyterlab-codeartifact:connect';

  export const refresh = 'jupyterlab-codeartifact:refresh';

  export const disconnect = 'jupyterlab-codeartifact:disconnect';

  export const diagnose = 'jupyterlab-codeartifact:diagnose';

  export const cancel = 'jupyterlab-codeartifact:cancel';

  export const preview = 'jupyterlab-codeartifact:preview';

  export const test = 'jupyterlab-codeartifact:test-installation';

  export const copyReport = 'jupyterlab-codeartifact:copy-report';

  export const copyRequest = 'jupyterlab-codeartifact:copy-request';

  export const openSettings = 'jupyterlab-codeartifact:open-settings';

  export const openFile = 'jupyterlab-codeartifact:open-file';

  export const reload = 'jupyterlab-codeartifact:reload';

  export const useRepository = 'jupyterlab-codeartifact:use-repository';

  export const addTool = 'jupyterlab-codeartifact:add-tool';

  export const chooseRepository = 'jupyterlab-codeartifact:choose-repository';

  export const declineOffer = 'jupyterlab-codeartifact:decline-offer';

  export const unsetVariables = 'jupyterlab-codeartifact:unset-kernel-variables';

  export const ignoreKernel = 'jupyterlab-codeartifact:ignore-kernel';
}

/** What other extensions may use: the connection as the panel shows it, and the actions that a user has. */
export interface ICodeArtifact {
  /** The server's last answer; null before the first. It never holds a secret. */
  readonly document: Document | null;
  /** Emitted after any change. */
  readonly stateChanged: ISignal<unknown, void>;
  connect(): Promise<void>;
  refresh(): Promise<void>;
  disconnect(): Promise<void>;
  diagnose(): Promise<void>;
  cancel(): Promise<void>;
}

export const ICodeArtifact = new Token<ICodeArtifact>(
  'jupyterlab-codeartifact:ICodeArtifact',
  'The connection of pip to an AWS CodeArtifact repository: its state, and connect, refresh, disconnect, diagnose.'
);
