import type { IOutput } from '@jupyterlab/nbformat';
import { OutputAreaModel } from '@jupyterlab/outputarea';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';
import { CodeArtifactModel } from '../connection/model';
import { aConnection, aDocument, isoIn } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { aStore } from '../../../testing/fixtures/lab/stores';
import { CellBanners, type IBannerActions } from './cell-banners';

const NOTHING = 'ERROR: No matching distribution found for six';
const LOGIN = '!aws codeartifact login --tool pip --domain analytics --repository isolatedsm';

interface Output {
  type: string;
  text?: string | string[];
}

const asOutput = ({ type, text = '' }: Output): IOutput =>
  type === 'stream'
    ? { output_type: 'stream', name: 'stdout', text }
    : type === 'error'
      ? { output_type: 'error', ename: 'CalledProcessError', evalue: '1', traceback: [text].flat() }
      : { output_type: 'execute_result', execution_count: 1, metadata: {}, data: { 'text/plain': text } };

/** A notebook as far as banners look at it: cells with a source, outputs and a layout. */
function aNotebook(...cells: { source?: string; type?: string; outputs?: Output[]; far?: boolean }[]) {
  const contentChanged = new Signal<object, void>({});
  const written: string[] = [];
  const widgets = cells.map((cell, index) => {
    const widget = new Widget();
    const layout = (widget.layout = new PanelLayout());
    layout.addWidget(new Widget());
    layout.addWidget(new Widget());
    const outputs = cell.outputs ?? [];
    const model = {
      id: `cell-${index}`,
      type: cell.type ?? 'code',
      outputs: new OutputAreaModel({ trusted: true, values: outputs.map(asOutput) }),
      sharedModel: {
        getSource: () => cell.source ?? '',
        setSource: (text: string) => {
          written.push(text);
          cell.source = text;
          contentChanged.emit();
        }
      }
    };
    return Object.assign(widget, { model, isPlaceholder: () => cell.far === true, ready: Promise.resolve() });
  });
  const panel = {
    isDisposed: false,
    context: { ready: Promise.resolve(), path: 'work/train.ipynb' },
    content: { widgets, model: { contentChanged }, activate: jest.fn() }
  };
  return { panel, cells, widgets, contentChanged, written };
}

let model: CodeArtifactModel;
let actions: { [Name in keyof IBannerActions]: jest.Mock };
let banners: CellBanners | null;

beforeEach(() => {
  // Widgets draw themselves, in their own time.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  jest.useFakeTimers();
  model = new CodeArtifactModel({ api: fakeApi(), pins: {} });
  actions = {
    use: jest.fn(),
    show: jest.fn(),
    never: jest.fn(),
    check: jest.fn(() => Promise.resolve()),
    renewAndRun: jest.fn(),
    copyRequest: jest.fn()
  };
});
afterEach(() => {
  banners?.dispose();
  model.dispose();
  jest.useRealTimers();
});

const set = (store = aStore()): void => {
  Object.assign(model, { _store: store });
  model.stateChanged.emit();
};

/** The banners come after a pause, and are drawn after that. */
const later = async (): Promise<void> => {
  await jest.advanceTimersByTimeAsync(600);
  await jest.advanceTimersByTimeAsync(100);
};

type Notebook = ReturnType<typeof aNotebook>;

async function watch(notebook: Notebook): Promise<Notebook> {
  notebook.widgets.forEach(widget => Widget.attach(widget, document.body));
  banners = new CellBanners({
    panel: notebook.panel as never,
    model,
    trans: nullTranslator.load(''),
    actions
  });
  await later();
  return notebook;
}

const texts = ({ widgets }: Notebook): (string | null)[] =>
  widgets.map(widget => widget.node.querySelector('.jp-CodeArtifactBanner p')?.textContent ?? null);
const press = ({ widgets }: Notebook, label: string): void =>
  widgets
    .flatMap(widget => [...widget.node.querySelectorAll('button')])
    .find(button => button.textContent === label)!
    .click();

const expired = aStore({
  document: aDocument({
    connection: aConnection({ state: 'expired', expiresAt: isoIn(-12), refreshAt: undefined })
  })
});
const broken = aStore({ document: { ...privateTimeout, connection: aConnection() } });

describe('under a cell in which pip found nothing', () => {
  const failing = (text = NOTHING) => aNotebook({ outputs: [{ type: 'stream', text }] });

  it.each<[string, ReturnType<typeof aStore>, RegExp | null]>([
    ['the token has ended', expired, /^The token expired .* ago, so pip found nothing\.$/],
    ['the path is broken', broken, /^Timeout at the API endpoint, so pip found nothing\.$/],
    [
      'the kernel has an index of its own',
      aStore({ shadows: [{ kernelId: '1', file: 'train.ipynb', variables: ['PIP_INDEX_URL'] }] }),
      /^pip does not use the repository here/
    ],
    [
      'another notebook’s kernel has one',
      aStore({ shadows: [{ kernelId: '1', file: 'other.ipynb', variables: ['PIP_INDEX_URL'] }] }),
      null
    ],
    ['all is well: pip is right', aStore(), null],
    ['not connected: nothing of ours', aStore({ document: aDocument({ connection: null }) }), null]
  ])('%s', async (...[, store, words]) => {
    set(store);
    const [text] = texts(await watch(failing()));
    expect(text).toEqual(words ? expect.stringMatching(words) : null);
  });

  it.each<[string, Output]>([
    ['lines', { type: 'stream', text: ['Collecting six\n', NOTHING] }],
    ['a result', { type: 'execute_result', text: NOTHING }],
    ['an error’s text', { type: 'error', text: 'Could not find a version that satisfies the requirement' }]
  ])('in whatever shape the output is: %s', async (_, output) => {
    set(expired);
    expect(texts(await watch(aNotebook({ outputs: [output] })))).toEqual([expect.stringMatching(/token/)]);
  });

  it('other outputs get none', async () => {
    set(expired);
    const notebook = aNotebook(
      { outputs: [{ type: 'stream', text: 'Successfully installed six' }] },
      { outputs: [] },
      { type: 'markdown', outputs: [{ type: 'stream', text: NOTHING }] }
    );
    expect(texts(await watch(notebook))).toEqual([null, null, null]);
  });

  it('stands below the output; Why? shows the panel', async () => {
    set(expired);
    const notebook = await watch(failing());
    const children = [...notebook.widgets[0].node.children];
    expect(children.at(-1)?.querySelector('.jp-CodeArtifactBanner')).not.toBeNull();
    press(notebook, 'Why?');
    expect(actions.show).toHaveBeenCalledTimes(1);
  });

  it('goes when the path is whole again, and when it is sent away', async () => {
    set(expired);
    const notebook = await watch(failing());
    set();
    await later();
    expect(texts(notebook)).toEqual([null]);
    set(expired);
    await later();
    press(notebook, 'Not here');
    expect(texts(notebook)).toEqual([null]);
    set(broken);
    await later();
    expect(texts(notebook)).toEqual([null]);
  });

  it('comes with the output of a cell that is run', async () => {
    set(expired);
    const notebook = await watch(aNotebook({ outputs: [] }));
    notebook.widgets[0].model.outputs.add(asOutput({ type: 'stream', text: NOTHING }));
    notebook.contentChanged.emit();
    await later();
    expect(texts(notebook)[0]).toMatch(/^The token expired/);
  });
});

describe('a cell that is run and fails at our index', () => {
  const HOST = 'https://analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com';
  const LOOKING = `Looking in indexes: ${HOST}/pypi/isolatedsm/simple/\n`;
  const REFUSED = `${LOOKING}WARNING: 401 Error, Credentials not correct for ${HOST}/pypi/isolatedsm/simple/six/`;
  const SILENT = `${LOOKING}WARNING: Retrying after connection broken by 'ReadTimeoutError("Read timed out.")': /simple/six/`;

  /** Runs the first cell, as JupyterLab does: its output goes at once, and comes in parts. */
  async function run(notebook: Notebook, text: string): Promise<void> {
    const { outputs } = notebook.widgets[0].model;
    outputs.clear();
    notebook.contentChanged.emit();
    const half = text.length >> 1;
    for (const part of [text.slice(0, half), text.slice(half)]) {
      outputs.add(asOutput({ type: 'stream', text: part }));
      notebook.contentChanged.emit();
    }
    await later();
    await later();
  }

  it.each<[string, string, RegExp]>([
    ['nothing found', LOOKING + NOTHING, /has no such package or version\.$/],
    ['nothing found, and no index named with -q', NOTHING, /has no such package or version\.$/],
    ['refused', REFUSED, /the connection is OK now\. Run the cell again\.$/],
    [
      'asked for a user',
      `${LOOKING}User for analytics.example:443: `,
      /the connection is OK now\. Run the cell again\.$/
    ],
    ['silent', SILENT, /the connection is OK now\. Run the cell again\.$/],
    ...[
      `ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))`,
      `ProxyError('Cannot connect to proxy.', NewConnectionError(': Failed to establish a new connection'))`,
      `SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))`
    ].map((error): [string, string, RegExp] => [
      error,
      `${LOOKING}WARNING: Retrying (Retry(total=0)) after connection broken by '${error}': /simple/six/\n${NOTHING}`,
      /^The server reaches the index\. In this kernel a proxy or its certificate stopped pip\.$/
    ])
  ])('is checked once, quietly, and answered when all is well: %s', async (_, text, words) => {
    set();
    const notebook = await watch(aNotebook({ outputs: [] }));
    expect(actions.check).not.toHaveBeenCalled();
    await run(notebook, text);
    expect(texts(notebook)[0]).toMatch(words);
    set();
    await later();
    expect(actions.check).toHaveBeenCalledTimes(1);
    // So fast that nobody has seen the empty cell between.
    await run(notebook, text);
    expect(actions.check).toHaveBeenCalledTimes(2);
    expect(notebook.written).toEqual([]);
  });

  it('an output that the file already had starts no check', async () => {
    set();
    await watch(aNotebook({ outputs: [{ type: 'stream', text: REFUSED }] }));
    await later();
    expect(actions.check).not.toHaveBeenCalled();
  });

  it('another index says nothing of the connection', async () => {
    set(broken);
    const notebook = await watch(aNotebook({ outputs: [] }));
    await run(notebook, 'WARNING: 401 Error, Credentials not correct for https://pypi.example/simple/six/');
    expect([actions.check.mock.calls, texts(notebook)]).toEqual([[], [null]]);
  });

  it('an ended token is renewed, and the cell is run again', async () => {
    set(expired);
    const notebook = await watch(aNotebook({ outputs: [] }));
    await run(notebook, REFUSED);
    expect(texts(notebook)[0]).toMatch(/^The token expired .* ago, so the index refused pip\.$/);
    press(notebook, 'Renew and run again');
    expect(actions.renewAndRun).toHaveBeenCalledWith(notebook.panel, notebook.widgets[0]);
  });

  it('a broken path is told with its request', async () => {
    set(broken);
    const notebook = await watch(aNotebook({ outputs: [] }));
    await run(notebook, SILENT);
    expect(texts(notebook)[0]).toBe('Timeout at the API endpoint, so pip waits for an answer.');
    press(notebook, 'Copy request');
    expect(actions.copyRequest).toHaveBeenCalledTimes(1);
    press(notebook, 'Never');
    expect(actions.never).toHaveBeenCalledTimes(1);
  });

  it('is not answered when help at cells is turned off', async () => {
    const { settings, ...rest } = broken;
    set({ ...rest, settings: { ...settings, offerOnLoginCells: false } });
    const notebook = await watch(aNotebook({ outputs: [] }));
    await run(notebook, SILENT);
    expect([actions.check.mock.calls, texts(notebook)]).toEqual([[], [null]]);
  });
});

describe('beside a cell that logs in', () => {
  it('offers its names, above the input, and saves them on a click only', async () => {
    set(aStore({ document: aDocument({ connection: null }), settings: {} }));
    const notebook = await watch(aNotebook({ source: 'print(1)' }, { source: LOGIN }));
    expect(texts(notebook)).toEqual([null, expect.stringMatching(/^Connect from the panel instead/)]);
    expect(notebook.widgets[1].node.children[1].querySelector('.jp-CodeArtifactBanner')).not.toBeNull();
    expect(notebook.written).toEqual([]);
    expect(actions.use).not.toHaveBeenCalled();
    press(notebook, 'Use and connect');
    expect(actions.use.mock.calls).toEqual([
      [expect.objectContaining({ domain: 'analytics', repository: 'isolatedsm' })]
    ]);
    expect(model.store.offer).toMatchObject({ from: 'train.ipynb' });
  });

  it('comments the line out in one step, and goes', async () => {
    set();
    const notebook = await watch(aNotebook({ source: `${LOGIN}\nprint(1)` }));
    press(notebook, 'Comment out');
    await later();
    expect(notebook.written).toEqual([`# ${LOGIN}\nprint(1)`]);
    expect(texts(notebook)).toEqual([null]);
  });

  it('shows the panel where the same repository is connected already', async () => {
    set();
    const notebook = await watch(aNotebook({ source: LOGIN }));
    press(notebook, 'Show the panel');
    expect(actions.show).toHaveBeenCalledTimes(1);
    press(notebook, 'Never');
    expect(actions.never).toHaveBeenCalledTimes(1);
  });

  it('gives the focus back to the notebook when it goes with the button that was pressed', async () => {
    set();
    const notebook = await watch(aNotebook({ source: LOGIN }));
    notebook.widgets[0].node.querySelector('button')?.focus();
    expect(document.activeElement).toBeInstanceOf(HTMLButtonElement);
    set(aStore({ settings: { offerOnLoginCells: false } }));
    await later();
    expect(texts(notebook)).toEqual([null]);
    expect(notebook.panel.content.activate).toHaveBeenCalledTimes(1);
  });

  it('is not there when the offer is turned off', async () => {
    set(aStore({ settings: { offerOnLoginCells: false } }));
    expect(texts(await watch(aNotebook({ source: LOGIN })))).toEqual([null]);
    expect(model.store.offer).toBeNull();
  });

  it('waits for a cell that is far from view', async () => {
    set();
    const notebook = aNotebook({ source: LOGIN, far: true });
    await watch(notebook);
    expect(texts(notebook)).toEqual([null]);
    notebook.cells[0].far = false;
    await later();
    expect(texts(notebook)[0]).not.toBeNull();
  });

  it('leaves nothing behind, and writes nothing into the notebook', async () => {
    set();
    const notebook = await watch(aNotebook({ source: LOGIN }));
    banners?.dispose();
    expect(texts(notebook)).toEqual([null]);
    notebook.contentChanged.emit();
    await later();
    expect(texts(notebook)).toEqual([null]);
    expect(notebook.written).toEqual([]);
  });
});
