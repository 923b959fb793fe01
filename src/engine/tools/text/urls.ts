import { readIndexUrl } from './url-credentials';

// The schemes that an index can have.
const SCHEME = /(?:https?|file)$/i;
const LONGEST_SCHEME = 'https'.length;

/** Every URL in a text, each up to the next white space or quote. Linear, whatever the text is. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(/:\/\/[^\s"']+/g)].flatMap(match => {
    const scheme = SCHEME.exec(text.slice(Math.max(0, match.index - LONGEST_SCHEME), match.index))?.[0];
    return scheme === undefined ? [] : [scheme + match[0]];
  });
}

/** Passwords in URLs. */
export const passwordsInUrls = (text: string): string[] =>
  urlsIn(text).flatMap(url => readIndexUrl(url)?.password ?? []);

/**
 * Whether a host serves packages for CodeArtifact, by its public name, its VPC endpoint's or its dual-stack name.
 * https://docs.aws.amazon.com/codeartifact/latest/ug/using-vpc-endpoints.html
 */
export const isCodeArtifactHost = (host: string): boolean => host.includes('.d.codeartifact.');

/** CodeArtifact's indexes in a text, without credentials, each once. */
export const codeArtifactUrls = (text: string): string[] => [
  ...new Set(
    urlsIn(text).flatMap(url => {
      const read = readIndexUrl(url);
      return read && isCodeArtifactHost(read.host) ? [read.bare] : [];
    })
  )
];
