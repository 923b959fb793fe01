import type { File } from '../../protocol/file';

/** Something that keeps a package tool from using the connection. */
export interface Shadow {
  /** In words, with the file and line or the variable; never a secret. */
  readonly by: string;
  readonly variable?: string;
  readonly path?: string;
  readonly line?: number;
  /** What `pip config unset` takes away without touching anything else of the file, such as `global.index-url`. */
  readonly unset?: string;
  /** Which of pip's files it stands in, for that command. */
  readonly fileScope?: File['scope'];
  /** A token or password that is not the connection's stands where Connect writes its own. */
  readonly rewritten?: boolean;
  /** Nothing is in the way, but the scope writes a file that this tool does not read. */
  readonly scope?: boolean;
}
