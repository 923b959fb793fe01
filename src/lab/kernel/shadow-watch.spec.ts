import { aConnection, aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeKernel, fakeNotebook } from '../../../testing/fixtures/lab/fake-kernel';
import { aStore } from '../../../testing/fixtures/lab/stores';
import { wantedIndexOf } from '../connection/service';
import { KernelMonitor } from './kernel-monitor';
import { OpenNotebooks } from './open-notebooks';
import { ShadowWatch } from './shadow-watch';

let notebooks: OpenNotebooks;
let watch: ShadowWatch | null;

beforeEach(() => {
  notebooks = new OpenNotebooks();
  watch = null;
});
afterEach(() => {
  watch?.dispose();
  notebooks.dispose();
});

const soon = () => new Promise(resolve => setTimeout(resolve));
const wanted = (document = aDocument()) => wantedIndexOf(aStore({ document }));
const disconnected = aDocument({ connection: null, files: [] });

/** A watch while the index of a document is wanted. */
async function watching(document = aDocument()): Promise<ShadowWatch> {
  watch = new ShadowWatch(notebooks);
  await show(document);
  return watch;
}

async function show(document = aDocument()): Promise<void> {
  watch?.want(wanted(document));
  await soon();
}

it('asks no kernel, and loads nothing, while there is no connection', async () => {
  const kernel = fakeKernel('1');
  const listened = jest.spyOn(notebooks.changed, 'connect');
  const monitor = new KernelMonitor(notebooks);
  expect(listened).toHaveBeenCalledTimes(1);
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  monitor.want(wanted(disconnected));
  await soon();
  // The watch would listen too.
  expect(listened).toHaveBeenCalledTimes(1);
  expect(kernel.asked).toEqual([]);
  monitor.want(wanted());
  await soon();
  expect(kernel.asked).toHaveLength(1);
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  expect(monitor.shadows).toHaveLength(1);
  monitor.dispose();
});

it('asks no kernel any more once it is disposed', async () => {
  const kernel = fakeKernel('1');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  const monitor = new KernelMonitor(notebooks);
  const changed = jest.fn();
  monitor.changed.connect(changed);
  monitor.want(wanted());
  await soon();
  monitor.dispose();
  await notebook.status('restarting');
  await notebook.status('idle');
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  notebooks.add(fakeNotebook('other.ipynb', fakeKernel('2')));
  expect(kernel.asked).toHaveLength(1);
  expect(changed).not.toHaveBeenCalled();
});

it('asks once, without a trace, and tells what it found', async () => {
  const kernel = fakeKernel('1');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  const watch = await watching();
  expect(kernel.asked[0].content).toMatchObject({
    code: '',
    silent: true,
    store_history: false,
    allow_stdin: false
  });
  await kernel.asked[0].reply("'PIP_INDEX_URL NETRC'");
  expect(watch.shadows).toEqual([
    { kernelId: '1', file: 'train.ipynb', variables: ['PIP_INDEX_URL', 'NETRC'] }
  ]);
  await notebook.status('busy');
  await notebook.status('idle');
  await show();
  expect(kernel.asked).toHaveLength(1);
});

it('asks a busy kernel beside its cell where it can, and unsets there too', async () => {
  const kernel = fakeKernel('1', 'python', 'busy', true);
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  const watch = await watching();
  const [asked] = kernel.asked;
  expect([asked.subshell, asked.content.silent]).toEqual(['subshell 1', true]);
  asked.print('something of the user’s own, NOT_THIS\n["value", "PIP_NO_');
  asked.print('INDEX"]\n');
  await soon();
  expect(watch.shadows.map(({ variables }) => variables)).toEqual([['PIP_NO_INDEX']]);
  void watch.unset(watch.shadows[0]);
  await soon();
  kernel.asked[1].print('["value", null]\n');
  await soon();
  kernel.asked[2].print('["value", ""]\n');
  await soon();
  expect(watch.shadows).toEqual([]);
  expect(kernel.subshells()).toHaveLength(3);
  // They stay until the cell has ended.
  await Promise.all(kernel.asked.map(each => each.reply('None')));
  expect(kernel.subshells()).toEqual([]);
});

it('never asks a busy kernel that has no subshells: it waits until it is idle', async () => {
  const kernel = fakeKernel('1', 'python', 'busy');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  await watching();
  expect(kernel.asked).toEqual([]);
  await notebook.status('idle');
  expect(kernel.asked).toHaveLength(1);
});

it('leaves kernels of other languages alone', async () => {
  const kernel = fakeKernel('1', 'R');
  notebooks.add(fakeNotebook('stats.ipynb', kernel));
  await watching();
  expect(kernel.asked).toEqual([]);
});

it('asks again after a restart, for another kernel, and for another connection', async () => {
  const kernel = fakeKernel('1');
  const notebook = fakeNotebook('train.ipynb', kernel);
  notebooks.add(notebook);
  const watch = await watching();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  await notebook.status('restarting');
  expect(watch.shadows).toEqual([]);
  await notebook.status('idle');
  expect(kernel.asked).toHaveLength(2);
  const other = fakeKernel('2');
  await notebook.kernel(other);
  expect(other.asked).toHaveLength(1);
  await other.asked[0].reply("'PIP_NO_INDEX'");
  expect(watch.shadows).toHaveLength(1);
  await show(aDocument({ connection: aConnection({ indexUrl: 'https://other.example.com/simple/' }) }));
  expect(other.asked).toHaveLength(2);
});

it('forgets what it found when the connection ends, or the notebook is closed', async () => {
  const kernel = fakeKernel('1');
  const close = notebooks.add(fakeNotebook('train.ipynb', kernel));
  const watch = await watching();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  await show(disconnected);
  expect(watch.shadows).toEqual([]);
  await show();
  await kernel.asked[1].reply("'PIP_NO_INDEX'");
  expect(watch.shadows).toHaveLength(1);
  close();
  expect(watch.shadows).toEqual([]);
});

it('an answer that comes after the connection has ended says nothing', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  const watch = await watching();
  await show(disconnected);
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  expect(watch.shadows).toEqual([]);
});

it('unsets the variables in that kernel, and looks again', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  const watch = await watching();
  await kernel.asked[0].reply("'PIP_NO_INDEX'");
  const done = watch.unset(watch.shadows[0]);
  expect(JSON.stringify(kernel.asked[1].content)).toContain('environ.pop');
  await kernel.asked[1].reply('None');
  expect(watch.shadows).toEqual([]);
  await kernel.asked[2].reply("''");
  await done;
  expect(watch.shadows).toEqual([]);
});

it('ignores a kernel for good, and only that one', async () => {
  const [a, b] = [fakeKernel('1'), fakeKernel('2')];
  const notebook = fakeNotebook('a.ipynb', a);
  notebooks.add(notebook);
  notebooks.add(fakeNotebook('b.ipynb', b));
  const watch = await watching();
  await a.asked[0].reply("'PIP_NO_INDEX'");
  await b.asked[0].reply("'PIP_NO_INDEX'");
  watch.ignore(watch.shadows[0]);
  expect(watch.shadows.map(shadow => shadow.file)).toEqual(['b.ipynb']);
  await notebook.status('restarting');
  await notebook.status('idle');
  await a.asked[1].reply("'PIP_NO_INDEX'");
  expect(watch.shadows.map(shadow => shadow.file)).toEqual(['b.ipynb']);
});

it('a kernel that cannot answer says nothing', async () => {
  const kernel = fakeKernel('1');
  notebooks.add(fakeNotebook('train.ipynb', kernel));
  const watch = await watching();
  await kernel.asked[0].reply({ ename: 'NameError' });
  expect(watch.shadows).toEqual([]);
});
