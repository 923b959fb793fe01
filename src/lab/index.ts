import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commands } from './commands/plugin';
import { main } from './connection/plugin';
import { notebook } from './notebook/plugin';
import { panel } from './panel/plugin';
import { status } from './connection/status-plugin';

export { ICodeArtifact } from './tokens';

/** Each can be disabled by an administrator on its own. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [main, commands, panel, status, notebook];

export default plugins;
