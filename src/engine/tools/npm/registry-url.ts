import { readIndexUrl } from '../text/url-credentials';

const REGISTRY = /\/npm\/((?:d\/[^/]+\/)?[^/]+)\/?$/;

/** The package index of the repository whose npm registry this is; null when it is no CodeArtifact registry by its path. */
export const indexOf = (registry: string): string | null =>
  REGISTRY.test(registry) ? registry.replace(REGISTRY, '/pypi/$1/simple/') : null;

/**
 * The name under which npm looks for the token of a registry (a "nerf dart").
 * https://github.com/npm/cli/blob/latest/workspaces/config/lib/nerf-dart.js
 */
export const tokenKey = (registry: string): string =>
  `${(readIndexUrl(registry)?.bare ?? registry).replace(/^[a-z][a-z0-9+.-]*:/i, '').replace(/\/?$/, '/')}:_authToken`;

/** Whether two addresses are one registry; npm adds the last slash itself. */
export const sameRegistry = (a: string, b: string): boolean => slashed(a) === slashed(b);

const slashed = (url: string): string => url.trim().replace(/\/?$/, '/');
