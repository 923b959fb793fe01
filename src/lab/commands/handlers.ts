import { showErrorMessage } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ICodeArtifactService } from '../connection/service';
import { rootOf } from '../diagnosis/root-cause';
import { evidenceOf } from '../diagnosis/describe-rung';
import type { Sender } from '../diagnosis/request-text';
import type { IChoice } from '../settings/instructions';
import { targetOf } from '../connection/asked';
import { copiedFor } from '../connection/asked-text';
import { statusMessage } from '../connection/status-message';
import { viewStateOf } from '../connection/view-state';
import { type Tool, TOOLS, toolTitle } from '../../protocol/tools';
import { contentsPath } from '../tools/files';
import { copyText, redact } from '../ui/clipboard';
import type { Trans } from '../ui/trans';

const LOCAL = ['localhost', '127.0.0.1', '[::1]', ''];

/** The origin of a copied text: the notebook's host name, and the product's version where the page has it. */
const sender = (): Sender => ({
  host: LOCAL.includes(window.location.hostname) ? '' : window.location.hostname,
  version: PageConfig.getOption('codeartifactVersion')
});

type Args = ReadonlyPartialJSONObject;

const string = (args: Args, key: string): string => (typeof args[key] === 'string' ? args[key] : '');

const choiceOf = (args: Args): IChoice => ({
  domain: string(args, 'domain'),
  domainOwner: string(args, 'domainOwner'),
  repository: string(args, 'repository'),
  region: string(args, 'region'),
  ...(string(args, 'profile') ? { profile: string(args, 'profile') } : {})
});

/** What is used of a file's editor; the package that declares it is not one of ours. */
interface IOpened {
  readonly context?: { readonly ready: Promise<void> };
  readonly content?: {
    readonly editor?: { setCursorPosition(position: { line: number; column: number }): void };
  };
}

/** Puts the cursor of a file's editor on a line, counted from 1. */
async function goToLine(opened: unknown, line: number): Promise<void> {
  const widget = opened as IOpened | undefined;
  if (line > 0 && widget?.context) {
    await widget.context.ready;
    widget.content?.editor?.setCursorPosition({ line: line - 1, column: 0 });
  }
}

/** The commands that need more than a call of a service. They are loaded when one of them is first executed. */
export class Handlers {
  constructor(options: Handlers.IOptions) {
    this._options = options;
  }

  /** Copies everything that is known as Markdown, with `error` after it when the panel failed. */
  async copyReport(args: Args): Promise<void> {
    const { service, trans } = this._options;
    const { reportText } = await import('../diagnosis/report-text');
    const error = string(args, 'error');
    if (!error) {
      return this._copy(reportText(trans, service.model.store, sender(), Date.now()));
    }
    let report = '';
    try {
      report = reportText(trans, service.model.store, sender(), Date.now());
    } catch {
      // The same data may have broken the panel; the error is what matters then.
    }
    const lines = [report, `## ${trans.__('Error')}`, '', '```', redact(error), '```', ''];
    return this._copy(lines.join('\n').trimStart());
  }

  /** Copies the text for the person who can fix what is wrong. */
  async copyRequest(args: Args): Promise<void> {
    const { service, trans } = this._options;
    const { requestText } = await import('../diagnosis/request-text');
    const { model, announcer } = service;
    const now = Date.now();
    const { fixer } = statusMessage(trans, viewStateOf(model.store), model.store, now);
    await copyText(requestText(trans, model.store, sender(), now, args.whole === true));
    model.setAsked({ at: now, who: fixer ?? '', target: targetOf(model.store) });
    announcer.announce(copiedFor(trans, fixer));
  }

  /** Opens a file in an editor, at the line that is wrong; one that JupyterLab cannot open has its path copied. */
  async openFile(args: Args): Promise<void> {
    const { commands, service } = this._options;
    const broken = evidenceOf(rootOf(service.model.document));
    const path = string(args, 'path') || broken.path || '';
    const inside = contentsPath(path);
    if (inside !== null) {
      const opened: unknown = await commands.execute('docmanager:open', { path: inside, factory: 'Editor' });
      await goToLine(opened, args.path ? 0 : (broken.line ?? 0));
    } else if (path) {
      await this._copy(path);
    }
  }

  /** Saves a repository, by default the one that a notebook offers, and connects to it. */
  async useRepository(args: Args): Promise<void> {
    const { service, trans } = this._options;
    const { model, settings } = service;
    const choice = args.repository ? choiceOf(args) : model.store.offer?.choice;
    if (!choice) {
      return;
    }
    try {
      await model.connectTo(() => settings.choose(choice));
    } catch (error) {
      void showErrorMessage(trans.__('The settings could not be saved'), error as Error);
    }
  }

  /** Sets up one more package tool: saves it, and connects again where there is a connection, which writes its files. */
  async addTool(args: Args): Promise<void> {
    const { service, trans } = this._options;
    const { model, settings } = service;
    const tool = string(args, 'tool') as Tool;
    const present = settings.values?.tools ?? [];
    if (!TOOLS.includes(tool) || present.includes(tool)) {
      return;
    }
    const save = (): Promise<void> => settings.save({ tools: [...present, tool] });
    try {
      if (model.store.document?.connection) {
        await model.connectTo(save);
      } else {
        await save();
        service.announcer.announce(trans.__('Connect will set up %1.', toolTitle(tool)));
      }
    } catch (error) {
      void showErrorMessage(trans.__('The settings could not be saved'), error as Error);
    }
  }

  private async _copy(text: string): Promise<void> {
    const { service, trans } = this._options;
    await copyText(text);
    service.announcer.announce(trans.__('Copied'));
  }

  private readonly _options: Handlers.IOptions;
}

export namespace Handlers {
  export interface IOptions {
    readonly commands: CommandRegistry;
    readonly service: ICodeArtifactService;
    readonly trans: Trans;
  }
}
