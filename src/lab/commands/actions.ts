import { showErrorMessage } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { contentsPath } from '../tools/contents-path';
import type { ExpandedSections } from '../panel/expanded-sections';
import type { CodeArtifactModel } from '../connection/model';
import type { InstallTest } from '../packages/install-test';
import type { PackageSearcher } from '../packages/package-search';
import type { Previewer } from '../tools/preview';
import type { SettingsLink } from '../settings/settings-link';
import { copyText } from '../ui/clipboard';
import type { Actions } from '../ui/panel-context';
import { CommandIDs } from '../tokens';
import type { KernelShadow } from '../connection/store';
import { rootOf } from '../diagnosis/path';
import type { ActionId } from './action-labels';
import { evidenceOf } from '../diagnosis/describe-rung';
import { reportText } from '../diagnosis/report-text';
import { requestText } from '../diagnosis/request-text';
import { sender } from './copy-report';

export interface ActionsOptions {
  readonly model: CodeArtifactModel;
  readonly settings: SettingsLink;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
  readonly sections: ExpandedSections;
  readonly packages: PackageSearcher;
  readonly previewer: Previewer;
  readonly test: InstallTest;
  /** What is done about a variable in a kernel. */
  readonly shadow: (deed: 'unset' | 'ignore', shadow: KernelShadow | undefined) => void;
  /** Says a word to screen readers, for a moment. */
  readonly say: (word: string) => void;
}

/** What the panel's buttons do, joined from the services that the panel does not know. */
export function createActions(around: ActionsOptions): Actions {
  const { model, settings, commands, trans } = around;
  const copy = (text: string): void => {
    void copyText(text);
    around.say(trans.__('Copied'));
  };
  const saved = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      await model.connect();
    } catch (error) {
      void showErrorMessage(trans.__('The settings could not be saved'), error as Error);
    }
  };
  const openFile = (path: string): void => {
    const inside = contentsPath(path);
    if (inside === null) {
      copy(path);
    } else {
      void commands.execute('docmanager:open', { path: inside, factory: 'Editor' });
    }
  };
  const act = (id: ActionId): void => {
    const { store } = model;
    switch (id) {
      case 'connect':
      case 'retry':
        return void model.connect();
      case 'cancel':
        return void model.cancel();
      case 'renew':
        return void model.refresh();
      case 'disconnect':
        return void model.disconnect();
      case 'check':
        return void model.diagnose();
      case 'look-again':
      case 'start-now':
        return void model.reload();
      case 'copy-request':
        return copy(requestText(trans, store, sender(), Date.now()));
      case 'copy-report':
        return copy(reportText(trans, store, sender(), Date.now()));
      case 'open-file':
        return openFile(evidenceOf(rootOf(store.document)).path ?? '');
      case 'open-settings':
        return void commands.execute(CommandIDs.settings);
      case 'preview':
        return void around.previewer.open();
      case 'unset':
      case 'ignore':
        return around.shadow(id, store.shadows[0]);
      case 'use-offer':
        return store.offer ? void saved(() => settings.choose(store.offer!.choice)) : undefined;
      case 'choose-another':
        return model.offer(null);
    }
  };
  return {
    act,
    choose: choice => void saved(() => settings.choose(choice)),
    list: () => void model.list(),
    copy,
    openFile,
    canOpen: path => contentsPath(path) !== null,
    set: (key, value) => {
      settings.save({ [key]: value }).catch(error => {
        void showErrorMessage(trans.__('The settings could not be saved'), error as Error);
      });
    },
    search: query => around.packages.search(query),
    versions: name => around.packages.open(name),
    expand: (section, open) => around.sections.set(section, open),
    preview: open => (open ? void around.previewer.open() : around.previewer.close()),
    test: around.test,
    menu: anchor => {
      const menu = new Menu({ commands });
      const add = (command: string): unknown => menu.addItem({ command, args: { short: true } });
      [CommandIDs.connect, CommandIDs.refresh, CommandIDs.disconnect].forEach(add);
      menu.addItem({ type: 'separator' });
      [CommandIDs.preview, CommandIDs.copyReport, CommandIDs.settings].forEach(add);
      menu.aboutToClose.connect(() => requestAnimationFrame(() => menu.dispose()));
      const { left, bottom } = anchor.getBoundingClientRect();
      menu.open(left, bottom);
    }
  };
}
