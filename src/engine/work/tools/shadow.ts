/** Something that keeps a package tool from using the connection. */
export interface Shadow {
  /** In words, with the file and line or the variable; never a secret. */
  readonly by: string;
  readonly variable?: string;
  readonly path?: string;
  readonly line?: number;
}
