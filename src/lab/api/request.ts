import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

const API = 'jupyterlab-codeartifact/api/v1';

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
 * The front end's only way to the network: it carries the base URL, the XSRF token and the Hub's
 * authorization as JupyterLab does.
 *
 * @param path below `jupyterlab-codeartifact/api/v1/`, with its query
 * @throws ResponseError when the status is not 2xx or the body is not what `accept` takes;
 * ServerConnection.NetworkError when the Jupyter server does not answer; AbortError on abort
 */
export async function request<T>(
  settings: ServerConnection.ISettings,
  path: string,
  init: RequestInit,
  accept: (body: unknown) => body is T
): Promise<T> {
  const url = `${URLExt.join(settings.baseUrl, API)}/${path}`;
  const response = await ServerConnection.makeRequest(url, init, settings);
  const body = parse(await response.text());
  if (!response.ok) {
    const { message } = (body ?? {}) as { message?: unknown };
    throw new ResponseError(
      response.status,
      typeof message === 'string' ? message : response.statusText,
      body
    );
  }
  if (!accept(body)) {
    throw new ResponseError(response.status, 'unexpected answer', body);
  }
  return body;
}
