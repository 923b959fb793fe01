import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Document } from '../protocol/document';

/** The plugin that owns the settings; also the settings' id on the server. */
export const PLUGIN_ID = 'jupyterlab-codeartifact:plugin';

/** The widget id of the panel: what the layout restorer and tests know it by. */
export const PANEL_ID = 'jupyterlab-codeartifact-panel';

/** The one event schema of the server extension: "something changed, GET it". */
export const EVENT_SCHEMA = 'https://schema.jupyter.org/jupyterlab_codeartifact/connection/v1';

/** Translations' domain: the Python package's name. */
export const DOMAIN = 'jupyterlab_codeartifact';

export const CommandIDs = {
  show: 'jupyterlab-codeartifact:show-panel',
  connect: 'jupyterlab-codeartifact:connect',
  disconnect: 'jupyterlab-codeartifact:disconnect',
  refresh: 'jupyterlab-codeartifact:refresh',
  diagnose: 'jupyterlab-codeartifact:diagnose',
  preview: 'jupyterlab-codeartifact:preview',
  cancel: 'jupyterlab-codeartifact:cancel',
  copyReport: 'jupyterlab-codeartifact:copy-report',
  settings: 'jupyterlab-codeartifact:open-settings'
} as const;

/** Settings say what to connect to; only the label can be asked for in short, where a menu names the subject. */
export const SHORT = {
  args: {
    type: 'object',
    properties: { short: { type: 'boolean', description: 'Whether the label leaves out "CodeArtifact".' } },
    additionalProperties: false
  }
} as const;

/** What other extensions may use: the connection as the panel shows it, and the verbs a user has. */
export interface ICodeArtifact {
  /** The last document; null until the server has answered. Never a secret. */
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
