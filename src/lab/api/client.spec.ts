import { ServerConnection } from '@jupyterlab/services';
import { createApi, ResponseError } from './client';
import { aDocument } from '../../../testing/fixtures/lab/documents';
import { pseudoBundle } from '../../../testing/translation/pseudo-bundle';
import { Phrasebook } from '../ui/phrasebook';

/** The server settings of a Hub user, with a network that tests answer for. */
function server(answer: () => Partial<{ status: number; body: unknown; tag: string }>): {
  settings: ServerConnection.ISettings;
  requests: { url: string; method: string; body: string; has: string | null }[];
} {
  const requests: { url: string; method: string; body: string; has: string | null }[] = [];
  const fetch = async (request: Request): Promise<unknown> => {
    const has = request.headers.get('If-None-Match') ?? null;
    requests.push({ url: request.url, method: request.method, body: await request.text(), has });
    const { status = 200, body = {}, tag } = answer();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = new Map(tag ? [['ETag', tag]] : []);
    return {
      ok: status < 300,
      status,
      statusText: 'said',
      headers: { get: (name: string) => headers.get(name) ?? null },
      text: async () => text
    };
  };
  class Request {
    readonly headers: Map<string, string>;
    constructor(
      readonly url: string,
      readonly init: RequestInit
    ) {
      this.headers = new Map(Object.entries((init.headers ?? {}) as Record<string, string>));
    }
    get method(): string {
      return this.init.method ?? 'GET';
    }
    async text(): Promise<string> {
      return String(this.init.body ?? '');
    }
  }
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://hub.example/user/me/',
    fetch: fetch as never,
    Request: Request as never
  });
  return { settings, requests };
}

describe('the API', () => {
  it('asks below the base URL, and lets polls keep nothing alive', async () => {
    const { settings, requests } = server(() => ({ body: aDocument() }));
    await createApi(settings).state();
    const url = new URL(requests[0].url);
    expect(url.origin + url.pathname).toBe('http://hub.example/user/me/jupyterlab-codeartifact/api/v1/state');
    expect(url.searchParams.get('no_track_activity')).toBe('1');
  });

  it('says which state it has, and has the same one while the server knows nothing new', async () => {
    const answers = [
      { body: aDocument(), tag: '"one"' },
      { status: 304, body: '' },
      { body: aDocument({ summary: 'new' }), tag: '"two"' },
      { status: 304, body: '' }
    ];
    const { settings, requests } = server(() => answers[requests.length - 1]);
    const api = createApi(settings);
    const [first, again, changed, later] = [
      await api.state(),
      await api.state(),
      await api.state(),
      await api.state()
    ];
    expect(again).toBe(first);
    expect(changed.summary).toBe('new');
    expect(later).toBe(changed);
    expect(requests.map(({ has }) => has)).toEqual([null, '"one"', '"one"', '"two"']);
  });

  it('knows the state that a click was answered with', async () => {
    const answers = [
      { body: aDocument({ summary: 'connected' }), tag: '"one"' },
      { status: 304, body: '' }
    ];
    const { settings, requests } = server(() => answers[requests.length - 1]);
    const api = createApi(settings);
    const answer = await api.act('connect');
    expect(await api.state()).toBe(answer);
    expect(requests.map(({ has }) => has)).toEqual([null, '"one"']);
  });

  it('a server that gives its answers no tag is asked for the whole of it', async () => {
    const { settings, requests } = server(() => ({ body: aDocument() }));
    const api = createApi(settings);
    await api.state();
    await api.state();
    expect(requests.map(({ has }) => has)).toEqual([null, null]);
  });

  it('tells that somebody sees the panel', async () => {
    const { settings, requests } = server(() => ({ body: aDocument() }));
    await createApi(settings).state({ watching: true });
    expect(new URL(requests[0].url).searchParams.get('watching')).toBe('1');
  });

  it('changes things only by POST, and hands no settings over', async () => {
    const { settings, requests } = server(() => ({ body: aDocument() }));
    const api = createApi(settings);
    for (const verb of ['connect', 'refresh', 'disconnect', 'diagnose', 'cancel'] as const) {
      await api.act(verb);
    }
    expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual(Array(5).fill('POST {}'));
  });

  it('counts what somebody clicked as activity, and a check in the background not', async () => {
    const { settings, requests } = server(() => ({ body: aDocument() }));
    const api = createApi(settings);
    await api.act('diagnose');
    await api.act('diagnose', { byUser: false });
    expect(requests.map(({ url }) => new URL(url).searchParams.get('no_track_activity'))).toEqual([
      null,
      '1'
    ]);
  });

  it('quotes what is searched for', async () => {
    const { settings, requests } = server(() => ({
      body: { schema: 1, verdict: 'ok', summary: '', packages: [] }
    }));
    await createApi(settings).packages({ query: 'a&b=c' });
    expect(new URL(requests[0].url).searchParams.get('query')).toBe('a&b=c');
  });

  it('learns how the sentences of a refusal were made, as those of an answer', async () => {
    const phrases = [{ text: 'No `%1`.', values: ['Node.js'] }];
    const { settings } = server(() => ({ status: 503, body: { message: 'No Node.js.', phrases } }));
    const phrasebook = new Phrasebook();
    await expect(createApi(settings, answer => phrasebook.learn(answer)).state()).rejects.toThrow(
      'No Node.js.'
    );
    expect(phrasebook.speaker(pseudoBundle()).said('No Node.js.')).toMatch(/^⟦Nó `Node\.js`/);
  });

  it.each([
    ['an error without JSON', { status: 404, body: '<html>' }, 404, 'said'],
    [
      'an error with a reason',
      { status: 503, body: { reason: 'node_missing', message: 'No Node.' } },
      503,
      'No Node.'
    ],
    [
      'a page where a document should be',
      { status: 200, body: '<html>Sign in</html>' },
      200,
      'unexpected answer'
    ],
    ['JSON of something else', { status: 200, body: { hello: 1 } }, 200, 'unexpected answer'],
    [
      'a document without its rungs',
      { status: 200, body: { ...aDocument(), rungs: undefined } },
      200,
      'unexpected answer'
    ]
  ])('refuses %s', async (_, answer, status, message) => {
    const { settings } = server(() => answer);
    const error: unknown = await createApi(settings)
      .state()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).toMatchObject({ status, message });
  });
});
