import { OpenNotebooks } from '../kernel/open-notebooks';
import { fakeKernel, fakeNotebook, type FakeKernel } from '../../../testing/fixtures/lab/fake-kernel';
import { InstallTest } from './install-test';

const spec = (name: string, language: string) => ({ name, language, display_name: name.toUpperCase() });
const soon = () => new Promise(resolve => setTimeout(resolve));
const line = (...news: unknown[]) => `${JSON.stringify(news)}\n`;

const END = {
  ok: true,
  name: 'six',
  version: '1',
  source: 'x',
  error: '',
  pip: '1',
  python: '3',
  seconds: 1
};

function aTest(own: FakeKernel = fakeKernel('1')) {
  const started: FakeKernel[] = [];
  const notebooks = new OpenNotebooks();
  notebooks.add(fakeNotebook('train.ipynb', own));
  const manager = {
    kernelspecs: {
      specs: {
        default: 'python3',
        kernelspecs: { ir: spec('ir', 'R'), alt: spec('alt', 'python'), python3: spec('python3', 'Python') }
      }
    },
    kernels: {
      startNew: () => {
        started.push(fakeKernel(`new ${started.length}`));
        return Promise.resolve(started.at(-1)!.connection);
      }
    }
  } as never;
  const ended: unknown[] = [];
  const test = new InstallTest({ notebooks, manager });
  test.ended.connect((_, run) => ended.push(run.end));
  test.open();
  return { test, own, started, ended, choices: test.state!.choices };
}

it('offers running Python kernels first, then Python kernels to start, the default one first', () => {
  expect(aTest().choices.map(({ label }) => label)).toEqual(['train.ipynb (PYTHON3)', 'PYTHON3', 'ALT']);
  expect(aTest(fakeKernel('1', 'R')).choices.map(({ label }) => label)).toEqual(['PYTHON3', 'ALT']);
});

it('shows each line as it comes, in whatever pieces, and what it came to', async () => {
  const { test, own, ended, choices } = aTest();
  const done = test.start(choices[0], 'six');
  await soon();
  expect(own.asked[0].content).toMatchObject({ silent: true, store_history: false });
  own.asked[0].print(line('began', true));
  const text = line('line', 'Collecting six') + 'something of the user’s own\n' + line('line', 'Saved');
  own.asked[0].print(text.slice(0, 9));
  own.asked[0].print(text.slice(9));
  expect(test.state?.run).toMatchObject({ phase: 'running', lines: ['Collecting six', 'Saved'] });
  own.asked[0].print(line('end', END));
  await own.asked[0].reply('None');
  await done;
  expect(test.state?.run).toMatchObject({ phase: 'over', end: END });
  expect(ended).toEqual([END]);
  expect(own.shutdowns()).toBe(0);
});

it('starts a kernel for the test and shuts it down, also when it fails', async () => {
  const { test, started, choices } = aTest();
  const done = test.start(choices[1], 'six');
  await soon();
  await started[0].asked[0].reply({ ename: 'MemoryError' });
  await done;
  expect(test.state?.run?.end).toEqual({ failed: 'MemoryError' });
  expect(started[0].shutdowns()).toBe(1);
});

it('does not wait behind a busy cell', async () => {
  const { test, own, choices } = aTest(fakeKernel('1', 'python', 'busy'));
  await test.start(choices[0], 'six');
  expect(test.state?.run?.end).toBe('busy');
  expect(own.asked).toEqual([]);
});

it('Cancel interrupts the test, not what runs before it', async () => {
  const { test, own, choices } = aTest();
  const done = test.start(choices[0], 'six');
  await soon();
  test.cancel();
  expect(own.interrupts()).toBe(0);
  own.asked[0].print(line('began', true));
  expect(own.interrupts()).toBe(1);
  expect(test.state?.run?.phase).toBe('cancelling');
  own.asked[0].print(line('cancelled', true));
  test.cancel();
  expect(own.interrupts()).toBe(1);
  await own.asked[0].reply('None');
  await done;
  expect(test.state?.run).toMatchObject({ phase: 'over', end: 'cancelled' });
});

it('runs beside a busy cell where the kernel can, and Cancel ends pip, not the cell', async () => {
  const { test, own, choices } = aTest(fakeKernel('1', 'python', 'busy', true));
  const done = test.start(choices[0], 'six');
  await soon();
  const [asked] = own.asked;
  expect([asked.subshell, asked.content.silent]).toEqual(['subshell 1', true]);
  asked.print(line('began', true) + line('line', 'Collecting six'));
  test.cancel();
  await soon();
  expect(own.asked.map(({ subshell }) => subshell)).toEqual(['subshell 1', 'subshell 2']);
  asked.print(line('cancelled', true));
  await done;
  expect(test.state?.run).toMatchObject({ phase: 'over', end: 'cancelled', lines: ['Collecting six'] });
  expect(own.interrupts()).toBe(0);
  // What runs there stays until the cell ends; a kernel that is told as idle could be culled.
  expect(own.subshells()).toHaveLength(2);
  await own.asked[0].reply('None');
  await own.asked[1].reply('None');
  expect(own.subshells()).toEqual([]);
});

it('closing the form ends the test too', async () => {
  const { test, own, choices } = aTest();
  const done = test.start(choices[0], 'six');
  await soon();
  own.asked[0].print(line('began', true));
  test.close();
  expect(own.interrupts()).toBe(1);
  await own.asked[0].reply({ ename: 'KeyboardInterrupt' });
  await done;
  expect(test.state).toBeNull();
});

it('one test at a time', async () => {
  const { test, own, choices } = aTest();
  const done = test.start(choices[0], 'six');
  await soon();
  await test.start(choices[0], 'other');
  expect(own.asked).toHaveLength(1);
  await own.asked[0].reply('None');
  await done;
});

it('a test that is running ends when it is disposed, and a kernel that it started is shut down', async () => {
  const { test, started, choices } = aTest();
  const done = test.start(choices[1], 'six');
  await soon();
  started[0].asked[0].print(line('began', true));
  test.dispose();
  expect(started[0].interrupts()).toBe(1);
  await started[0].asked[0].reply({ ename: 'KeyboardInterrupt' });
  await done;
  expect(started[0].shutdowns()).toBe(1);
});
