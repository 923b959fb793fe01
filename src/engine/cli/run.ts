import type { Document } from '../../protocol/document';
import type { Packages, Repositories } from '../../protocol/listing';
import type { Rung } from '../../protocol/rung';
import type { SettingsInput } from '../../protocol/request';
import { exitCode } from '../../protocol/verdict';
import type { Command } from './command';
import { parseCommandLine } from './flags';
import { loginWords } from './login';
import {
  type Listing,
  painted,
  plain,
  printDocument,
  printPackages,
  printRefusal,
  printRepositories,
  warningsOf,
  rungLine
} from './print';
import { printable } from './printable';
import { createProgress } from './progress';
import { CHECK_IDS } from '../../protocol/rung';
import type { PrintedPolicy } from './policy';

/** The verbs behind the command line; `main.ts` joins them with `work/verbs`. */
export interface Commands {
  readonly document: (command: Command, asked: CommandRequest) => Promise<Document>;
  readonly repositories: (command: Command, asked: CommandRequest) => Promise<Repositories>;
  readonly packages: (command: Command, asked: CommandRequest) => Promise<Packages>;
  readonly policy: (command: Command, asked: CommandRequest) => Promise<PrintedPolicy>;
}

export interface CommandRequest {
  readonly input: SettingsInput;
  readonly onProgress: (rungs: () => readonly Rung[]) => void;
  readonly signal: AbortSignal;
}

/** The terminal, as far as the command line needs it. */
export interface Terminal {
  readonly out: (text: string) => void;
  /**
   * One document. Texts in it lose what looks like a secret one by one: in the finished JSON a pattern could
   * run on over the end of a text and swallow what comes behind.
   */
  readonly outJson: (value: unknown) => void;
  readonly err: (text: string) => void;
  readonly errIsTerminal: boolean;
}

/** Wrong usage; the same number as `invalid_settings`. */
const WRONG_USAGE = 2;

/** Words in, words out. Returns the exit code; never throws for what a user typed. */
export async function run(
  argv: readonly string[],
  version: string,
  terminal: Terminal,
  commands: Commands,
  asked: Omit<CommandRequest, 'onProgress'>
): Promise<number> {
  const understood = parseCommandLine(argv, version);
  if (understood.kind === 'text') {
    terminal.out(`${understood.text}\n`);
    return 0;
  }
  if (understood.kind === 'wrong') {
    terminal.err(`${understood.message}\n`);
    return WRONG_USAGE;
  }
  const { command } = understood;
  switch (command.verb) {
    case 'repositories': {
      const found = await commands.repositories(command, { ...asked, onProgress: () => undefined });
      print(terminal, command, found, printRepositories);
      return exitCode(found.verdict);
    }
    case 'packages': {
      const found = await commands.packages(command, { ...asked, onProgress: () => undefined });
      print(terminal, command, found, printPackages);
      return exitCode(found.verdict);
    }
    case 'settings':
      terminal.err('The settings are files that "jupyter codeartifact settings" reads by itself.\n');
      return WRONG_USAGE;
    case 'policy': {
      const { verdict, text, note } = await commands.policy(command, {
        ...asked,
        onProgress: () => undefined
      });
      (verdict === 'ok' ? terminal.out : terminal.err)(`${text}\n`);
      if (note !== undefined) {
        terminal.err(`${note}\n`);
      }
      return exitCode(verdict);
    }
    default:
      return runChecks_(terminal, commands, command, asked);
  }
}

async function runChecks_(
  terminal: Terminal,
  commands: Commands,
  command: Command,
  asked: Omit<CommandRequest, 'onProgress'>
): Promise<number> {
  if (command.list) {
    terminal.out(`${CHECK_IDS.join('\n')}\n`);
    return 0;
  }
  command.login?.notes.forEach(note => terminal.err(`${note}\n`));
  const paint = terminal.errIsTerminal ? painted : plain;
  const progress = createProgress({ write: terminal.err, terminal: terminal.errIsTerminal }, paint);
  const live = command.verb === 'diagnose' || (command.verb !== 'status' && terminal.errIsTerminal);
  const document = await commands.document(command, {
    ...asked,
    onProgress: rungs => (live && !command.json ? progress.show(printable(rungs())) : undefined)
  });
  if (live && !command.json && document.rungs.length > 1) {
    progress.show(printable(document.rungs));
  }
  progress.end();
  // A single check came of no diagnosis: the summary says the same.
  const quiet = live || document.verdict === 'ok' || command.json || document.rungs.length < 2;
  if (!quiet) {
    terminal.err(document.rungs.map(rung => `${rungLine(rung, paint)}\n`).join(''));
  }
  if (command.json) {
    terminal.outJson(document);
  } else {
    // What the ladder warns of is told here where no ladder was shown.
    const untold = quiet && !live ? warningsOf(printable(document)) : [];
    terminal.err(`${printDocument(printable(document), paint, untold)}\n`);
    // The one thing that was asked for, as `policy` and the listings: it can be paged and kept.
    terminal.out(document.preview ?? '');
    if (command.login && !command.dryRun && document.verdict === 'ok') {
      terminal.out(loginWords(command.login.tool, document));
    }
  }
  return exitCode(document.verdict);
}

/** What was asked for goes to stdout; words about it, why there is none and progress, to stderr. */
function print<L extends Listing>(
  terminal: Terminal,
  command: Command,
  listing: L,
  words: (listing: L) => string
): void {
  if (command.json) {
    terminal.outJson(listing);
  } else if (listing.verdict === 'ok') {
    terminal.out(`${words(printable(listing))}\n`);
  } else {
    terminal.err(`${printRefusal(printable(listing), terminal.errIsTerminal ? painted : plain)}\n`);
  }
}
