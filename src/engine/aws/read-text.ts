/** A file's text; null when it is not there or cannot be read. Handed in: one room touches the disk. */
export type ReadText = (path: string) => Promise<string | null>;
