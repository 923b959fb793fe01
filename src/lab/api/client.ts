import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { PostVerb } from '../../protocol/verbs';
import type { Document } from '../../protocol/document';
import type { Packages, Repositories } from '../../protocol/listing';
import { isDocument, isPackages, isRepositories } from './response-check';

const API = 'jupyterlab-codeartifact/api/v1';

/** Gets ready for what is in an answer, before it is handed on: also in one that says why there is none. */
type Prepare = (answer: unknown) => void | Promise<void>;

/** The server answered, but not with what was asked for. */
export class ResponseError extends Error {
  readonly status: number;
  /** The body, when it was JSON; else null. */
  readonly body: unknown;

  constructor(status: number, message: string, body: unknown) {
    super(message);
    this.name = 'ResponseError';
    this.status = status;
    this.body = body;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/**
 * The only place where the front end calls the network. `ServerConnection` adds the base URL, the XSRF token and
 * the Hub's authorization, as in JupyterLab itself.
 *
 * @param path below `jupyterlab-codeartifact/api/v1/`, with its query
 * @throws ServerConnection.NetworkError when the Jupyter server does not answer; AbortError on abort
 */
const send = (settings: ServerConnection.ISettings, path: string, init: RequestInit): Promise<Response> =>
  ServerConnection.makeRequest(`${URLExt.join(settings.baseUrl, API)}/${path}`, init, settings);

/** @throws ResponseError when the status is not 2xx or the body is not what `accept` takes */
async function bodyOf<T>(
  response: Response,
  accept: (body: unknown) => body is T,
  prepare: Prepare
): Promise<T> {
  const body = parse(await response.text());
  if (response.ok && !accept(body)) {
    throw new ResponseError(response.status, 'unexpected answer', body);
  }
  await prepare(body);
  if (!response.ok) {
    const { message } = (body ?? {}) as { message?: unknown };
    throw new ResponseError(
      response.status,
      typeof message === 'string' ? message : response.statusText,
      body
    );
  }
  return body as T;
}

export type Verb = PostVerb;

/** The REST interface of the server extension. Each call rejects as `request` does. */
export interface IApi {
  /**
   * The same object as before while the server has nothing new to tell: it then answers 304, which JupyterHub's proxy
   * does not count as activity (docs/reliability.md).
   *
   * @param options.watching somebody sees the panel: the engine then checks more often
   */
  state(options?: { watching?: boolean; signal?: AbortSignal }): Promise<Document>;
  /** What is known of the connection without starting the engine; without its checks and files. */
  known(): Promise<Document>;
  repositories(signal?: AbortSignal): Promise<Repositories>;
  /** `query`: packages whose name begins with it; `name`: one package by its exact name, with its versions. */
  packages(search: { query?: string; name?: string }, signal?: AbortSignal): Promise<Packages>;
  /**
   * Resolves when the engine has finished; the engine has its own time limits. With `byUser: false` it does not count as
   * activity, so that an open panel keeps no idle server alive.
   */
  act(verb: Verb, options?: { byUser?: boolean; signal?: AbortSignal }): Promise<Document>;
}

/**
 * What nobody clicked must not keep an idle server alive: jupyter_server leaves such calls out of its activity
 * (https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html).
 */
const QUIET = 'no_track_activity=1';

export function createApi(settings: ServerConnection.ISettings, prepare: Prepare = () => undefined): IApi {
  /** The last state, read or answered to a click, and what the server calls it. */
  let last: { readonly tag: string; readonly document: Document } | null = null;
  const receive = async (response: Response): Promise<Document> => {
    const document = await bodyOf(response, isDocument, prepare);
    const tag = response.headers.get('ETag');
    last = tag ? { tag, document } : last;
    return document;
  };
  const ask = async <T>(path: string, init: RequestInit, accept: (body: unknown) => body is T): Promise<T> =>
    bodyOf(await send(settings, path, init), accept, prepare);
  return {
    state: async ({ watching = false, signal } = {}) => {
      const before = last;
      // A header of our own keeps the browser's cache out of it: the 304 comes through
      // (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, step 8.18).
      const headers = before ? { 'If-None-Match': before.tag } : undefined;
      const path = `state?${QUIET}${watching ? '&watching=1' : ''}`;
      const response = await send(settings, path, { signal, headers });
      if (before && response.status === 304) {
        return before.document;
      }
      return receive(response);
    },
    known: () => ask(`state?${QUIET}&known=1`, {}, isDocument),
    repositories: signal => ask(`repositories?${QUIET}`, { signal }, isRepositories),
    packages: ({ query, name }, signal) => {
      const search = new URLSearchParams(QUIET);
      if (query) {
        search.set('query', query);
      }
      if (name) {
        search.set('package', name);
      }
      return ask(`packages?${search}`, { signal }, isPackages);
    },
    act: async (verb, { byUser = true, signal } = {}) =>
      receive(
        await send(settings, byUser ? verb : `${verb}?${QUIET}`, { method: 'POST', body: '{}', signal })
      )
  };
}
