import type { ReadText } from '../aws/read-text';

/** One climb reads each file once: Region, certificates and credentials ask for the same ones, one after the other. */
export function cachedRead(readText: ReadText): ReadText {
  const read = new Map<string, Promise<string | null>>();
  return path => {
    const text = read.get(path) ?? readText(path);
    read.set(path, text);
    return text;
  };
}
