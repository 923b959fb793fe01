import type { File } from '../../protocol/file';
import type { Snippet } from '../../protocol/fix';
import type { Settings } from '../../protocol/settings';
import type { Outcome } from '../core/failure';
import type { OtherIndex } from './pip/asked-indexes';
import type { Login } from './pip/login';
import type { PipNetwork } from './pip/network';
import type { Shadow } from './shadow';
import type { Edit } from './text/edit';
import type { Ownership, Replaced } from './text/ownership';
import type { Parsed } from './text/parse-result';
import type { Expected, ToolsDeps } from './tools-deps';

/** What a file shall say. */
export interface Wish {
  readonly settings: Settings;
  /** Without credentials; ends in `/simple/`. */
  readonly indexUrl: string;
  readonly token: string;
  /** Whether the token goes into the index URL, because no netrc will hold it. */
  readonly inline: boolean;
}

/** What a tool will really use, as its files and variables are now. */
export interface Look {
  /** What keeps it from the connection. */
  readonly shadows: readonly Shadow[];
  /** Whether it uses the connection's index. */
  readonly uses: boolean;
  /** Whether this file of ours is the one it takes the index from. */
  readonly reads: (path: string) => boolean;
  /** What only the network can tell; pip's are asked for each of its environments. */
  readonly asks?: {
    readonly logins: readonly Login[];
    readonly networks: readonly Pick<PipNetwork, 'proxy'>[];
    readonly others: readonly OtherIndex[];
  };
}

/**
 * Everything the engine knows of one kind of configuration file: a package tool's own, or the netrc that several share.
 * Texts in, edits out: who reads and writes the file is `transaction.ts`. `registry.ts` lists them all.
 */
export interface ToolAdapter {
  readonly name: File['tool'];
  /** The program that reads the file, for sentences. */
  readonly reader: string;
  /** Where the file is. */
  file(deps: ToolsDeps, scope: Settings['scope']): Promise<Outcome<string>>;
  /** The scope of the file that these settings mean. */
  scope(settings: Settings): File['scope'];
  /** Whether the tool takes the token from a netrc, unless that is written in the index URL. */
  readonly asksNetrc: boolean;
  /** Whether the file will hold the token: then its mode is 0600. */
  secret(inline: boolean): boolean;
  /** The edits that make the file say what we want; none when it does already. */
  put(text: string, wish: Wish): Parsed<{ readonly edits: readonly Edit[]; readonly was: Replaced }>;
  /** The edits that take our lines out of a file that was edited since we wrote it. */
  take(text: string, mark: Ownership, was: Replaced): Parsed<readonly Edit[]>;
  /** Passwords that may be our token; which one is, its hash tells. */
  passwords(text: string, indexUrl: string): readonly string[];
  /** URLs of CodeArtifact indexes in the file, for one whose history is lost. */
  indexes(text: string): readonly string[];
  /** The text without secrets; it keeps its lines. */
  redact(text: string): string;
  /** Whether `redact` can be trusted with a text that the tool itself cannot read. */
  readonly redactsAnything: boolean;
  /** Whether a file is left alone by a renewal when somebody has taken our lines out of it: it is about the index. */
  readonly namesIndex: boolean;
  /** What it means that the tool is set up, in words; where it differs from `TOOL uses INDEX, as PATH says`. */
  says?(indexUrl: string, path: string): string;
  /** What is left for the user to do once in each project. */
  next?(indexUrl: string): Snippet;
  /** What the tool will use; none for a file that is no tool's own. */
  look?(deps: ToolsDeps, expected: Expected): Promise<Look>;
}

/** One file to write. */
export interface Job {
  readonly tool: ToolAdapter;
  readonly path: string;
  readonly scope: File['scope'];
  readonly wish: Wish;
}
