import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commands } from './plugins/commands';
import { main } from './plugins/main';
import { notebook } from './plugins/notebook';
import { panel } from './plugins/panel';
import { status } from './plugins/status';

export { ICodeArtifact } from './tokens';

/** Each can be disabled by an administrator on its own. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [main, commands, panel, status, notebook];

export default plugins;
