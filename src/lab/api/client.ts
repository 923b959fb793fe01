import type { ServerConnection } from '@jupyterlab/services';
import type { Document } from '../../protocol/document';
import type { Packages, Repositories } from '../../protocol/listing';
import { request } from './request';
import { isDocument, isPackages, isRepositories } from './response-check';

export type Verb = 'connect' | 'refresh' | 'disconnect' | 'diagnose' | 'preview' | 'cancel';

/** The server extension's REST interface, typed. */
export interface Api {
  state(signal?: AbortSignal): Promise<Document>;
  repositories(signal?: AbortSignal): Promise<Repositories>;
  /** `query`: names that begin so; `name`: one package by its exact name, with its versions. */
  packages(search: { query?: string; name?: string }, signal?: AbortSignal): Promise<Packages>;
  /** Answers when it is done; the engine has its own time limits. */
  act(verb: Verb, signal?: AbortSignal): Promise<Document>;
}

/** Reading must not keep an idle server alive: jupyter_server leaves such calls out of its activity. */
const QUIET = 'no_track_activity=1';

export function createApi(settings: ServerConnection.ISettings): Api {
  return {
    state: signal => request(settings, `state?${QUIET}`, { signal }, isDocument),
    repositories: signal => request(settings, `repositories?${QUIET}`, { signal }, isRepositories),
    packages: ({ query, name }, signal) => {
      const search = new URLSearchParams(QUIET);
      if (query) {
        search.set('query', query);
      }
      if (name) {
        search.set('package', name);
      }
      return request(settings, `packages?${search}`, { signal }, isPackages);
    },
    act: (verb, signal) => request(settings, verb, { method: 'POST', body: '{}', signal }, isDocument)
  };
}
