import type { Document } from '../../protocol/document';
import type { Packages, Repositories } from '../../protocol/listing';

/*
 * Checks just enough of an answer that the panel cannot crash on JSON from a proxy or from another version. The full
 * schemas (zod) stay out of the browser to keep the bundle small.
 */

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isList = (value: unknown, each: (item: Fields) => boolean): boolean =>
  Array.isArray(value) && value.every(item => isObject(item) && each(item));

const isHead = (value: unknown): value is Fields =>
  isObject(value) &&
  value.schema === 1 &&
  typeof value.verdict === 'string' &&
  typeof value.summary === 'string';

const isRung = (rung: Fields): boolean =>
  typeof rung.id === 'string' &&
  typeof rung.verdict === 'string' &&
  typeof rung.ms === 'number' &&
  typeof rung.summary === 'string' &&
  isObject(rung.evidence);

const isConnection = (value: unknown): boolean =>
  value === null ||
  (isObject(value) &&
    ['state', 'domain', 'domainOwner', 'repository', 'region'].every(key => typeof value[key] === 'string'));

const isFile = (file: Fields): boolean =>
  typeof file.tool === 'string' && typeof file.path === 'string' && Array.isArray(file.shadowedBy);

export const isDocument = (value: unknown): value is Document =>
  isHead(value) &&
  isConnection(value.connection) &&
  isList(value.rungs, isRung) &&
  isList(value.files, isFile);

export const isRepositories = (value: unknown): value is Repositories =>
  isHead(value) &&
  isList(value.domains, domain => typeof domain.name === 'string' && typeof domain.owner === 'string') &&
  isList(
    value.repositories,
    repository =>
      typeof repository.domain === 'string' &&
      typeof repository.name === 'string' &&
      Array.isArray(repository.upstreams) &&
      Array.isArray(repository.externalConnections)
  );

export const isPackages = (value: unknown): value is Packages =>
  isHead(value) &&
  isList(value.packages, item => typeof item.name === 'string' && Array.isArray(item.versions));
