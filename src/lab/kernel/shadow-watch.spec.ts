import { CodeArtifactModel } from '../connection/model';
import { followKernels } from './follow-kernels';
import { aConnection, aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeApi, type FakeApi } from '../../../testing/fixtures/lab/fake-api';
import { fakeKernel, fakeNotebook } from '../../../testing/fixtures/lab/fake-kernel';
import { OpenNotebooks } from './open-notebooks';
import { watchShadows } from './shadow-watch';

let api: FakeApi;
let model: CodeArtifactModel;
let notebooks: OpenNotebooks;

beforeEach(() => {
  api = fakeApi();
  model = new CodeArtifactModel({ api, pins: {} });
  notebooks = new OpenNotebooks();
});
afterEach(() => model.dispose());

const show = async (document = aDocument()): Promise<void> => {
  void model.reload();
  await api.answer('state', document);
};
const disconnected = aDocument({ connection: null, files: [] });
const soon = () => new Promise(resolve => setTimeout(resolve));

it('asks no kernel, and loads nothing, while there is no connection', async () => {
  const kernel = fakeKernel('1');
  const listened = jest.spyOn(notebooks.changed, 'connect');
  followKernels(notebooks, model);
  expect(listened).toHaveBeenCalledTimes(1);
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  await show(disconnected);
  await soon();
  // The watch would listen too, were it there.
  expect(listened).toHaveBeenCalledTimes(1);
  expect(kernel.asked).toEqual([]);
  await show();
  await soon();
  expect(kernel.asked).toHaveLength(1);
});

it('asks once, without a trace, and tells what it found', async () => {
  const kernel = fakeKernel('1');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  await show();
  watchShadows(notebooks, model);
  await soon();
  expect(kernel.asked[0].content).toMatchObject({
    code: '',
    silent: true,
    store_history: false,
    allow_stdin: false
  });
  await kernel.asked[0].reply("'PIP_INDEX_URL NETRC'");
  expect(model.store.shadows).toEqual([
    { kernelId: '1', file: 'train.ipynb', variables: ['PIP_INDEX_URL', 'NETRC'] }
  ]);
  await notebook.status('busy');
  await notebook.status('idle');
  await show();
  expect(kernel.asked).toHaveLength(1);
});

it('never asks a busy kernel: it waits until it is idle', async () => {
  const kernel = fakeKernel('1', 'python', 'busy');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  await show();
  watchShadows(notebooks, model);
  await soon();
  expect(kernel.asked).toEqual([]);
  await notebook.status('idle');
  expect(kernel.asked).toHaveLength(1);
});

it('leaves kernels of other languages alone', async () => {
  const kernel = fakeKernel('1', 'R');
  notebooks.add(fakeNotebook('stats.ipynb', kernel));
  await show();
  watchShadows(notebooks, model);
  await soon();
  expect(kernel.asked).toEqual([]);
});

it('asks again after a restart, for another kernel, and for another connection', async () => {
  const kernel = fakeKernel('1');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  await show();
  watchShadows(notebooks, model);
  await soon();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  await notebook.status('restarting');
  expect(model.store.shadows).toEqual([]);
  await notebook.status('idle');
  expect(kernel.asked).toHaveLength(2);
  const other = fakeKernel('2');
  await notebook.kernel(other);
  expect(other.asked).toHaveLength(1);
  await other.asked[0].reply("'PIP_NO_INDEX'");
  expect(model.store.shadows).toHaveLength(1);
  await show(aDocument({ connection: aConnection({ indexUrl: 'https://other.example.com/simple/' }) }));
  await soon();
  expect(other.asked).toHaveLength(2);
});

it('forgets what it found when the connection ends, or the notebook is closed', async () => {
  const kernel = fakeKernel('1');
  const close = notebooks.add(fakeNotebook('train.ipynb', kernel));
  await show();
  watchShadows(notebooks, model);
  await soon();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  await show(disconnected);
  expect(model.store.shadows).toEqual([]);
  await show();
  await soon();
  await kernel.asked[1].reply("'PIP_NO_INDEX'");
  expect(model.store.shadows).toHaveLength(1);
  close();
  expect(model.store.shadows).toEqual([]);
});

it('an answer that comes after the connection has ended says nothing', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  await show();
  watchShadows(notebooks, model);
  await soon();
  await show(disconnected);
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  expect(model.store.shadows).toEqual([]);
});

it('unsets the variables in that kernel, and looks again', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  await show();
  const watch = watchShadows(notebooks, model);
  await soon();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  const done = watch.unset(model.store.shadows[0]);
  expect(JSON.stringify(kernel.asked[1].content)).toContain('environ.pop');
  await kernel.asked[1].reply('None');
  expect(model.store.shadows).toEqual([]);
  await kernel.asked[2].reply("''");
  await done;
  expect(model.store.shadows).toEqual([]);
});

it('ignores a kernel for good, and only that one', async () => {
  const [a, b] = [fakeKernel('1'), fakeKernel('2')];
  const notebook = fakeNotebook('a.ipynb', a);
  notebooks.add(notebook);
  notebooks.add(fakeNotebook('b.ipynb', b));
  await show();
  const watch = watchShadows(notebooks, model);
  await soon();
  await a.asked[0].reply("'PIP_NO_INDEX'");
  await b.asked[0].reply("'PIP_NO_INDEX'");
  watch.ignore(model.store.shadows[0]);
  expect(model.store.shadows.map(shadow => shadow.file)).toEqual(['b.ipynb']);
  await notebook.status('restarting');
  await notebook.status('idle');
  await a.asked[1].reply("'PIP_NO_INDEX'");
  expect(model.store.shadows.map(shadow => shadow.file)).toEqual(['b.ipynb']);
});

it('a kernel that cannot answer says nothing', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  await show();
  watchShadows(notebooks, model);
  await soon();
  await kernel.asked[0].reply({ ename: 'NameError' });
  expect(model.store.shadows).toEqual([]);
});
