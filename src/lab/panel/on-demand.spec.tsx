import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { draw, type Drawn } from '../../../testing/fixtures/lab/render-panel';
import { SCENES } from '../../../testing/fixtures/lab/scenes';

afterEach(cleanup);

const scene = (id: string) => SCENES.find(item => item.id === id)!;

/** Draws a scene, with its parts that are loaded on demand. */
async function drawn(id: string, change = {}): Promise<Drawn> {
  const { store, ...extras } = scene(id);
  const result = draw(store, { ...extras, ...change });
  // Lazy parts come a few turns later.
  await act(() => new Promise(resolve => setTimeout(resolve)));
  await act(() => new Promise(resolve => setTimeout(resolve)));
  return result;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const preview = () => screen.getByRole('group', { name: 'Preview' });
const form = () => screen.getByRole('group', { name: 'Test installation' });

describe('preview', () => {
  it('is a quiet second step before the first Connect', async () => {
    const { executed } = await drawn('2');
    fireEvent.click(button('Preview changes'));
    expect(executed()).toEqual(['preview']);
  });

  it('can be had while connected, beside the files', async () => {
    const { executed } = await drawn('4');
    fireEvent.click(button('Preview changes'));
    expect(executed()).toEqual(['preview']);
  });

  it('names each file, and marks lines by sign and element', async () => {
    await drawn('preview-changed');
    const files = within(preview()).getAllByRole('heading', { level: 4 });
    expect(files.map(each => each.textContent)).toEqual([
      '~/.netrcnew file',
      '~/.config/pip/pip.confchanged'
    ]);
    const removed = [...preview().querySelectorAll('del')].map(line => line.textContent);
    expect(removed).toEqual(['- index-url = https://mirror.example.com/pypi/simple\n']);
    const added = [...preview().querySelectorAll('ins')].map(line => line.textContent);
    expect(added).toEqual([
      expect.stringMatching(/^\+ machine /),
      expect.stringMatching(/^\+ index-url = https:/)
    ]);
    expect(within(preview()).getByText(/^Connect would change 2 files\./)).toBeTruthy();
  });

  it('says that nothing would change, and then has nothing to copy', async () => {
    await drawn('preview-nothing');
    expect(within(preview()).getByText('Nothing would change.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Copy all changes' })).toBeNull();
  });

  it('copies the whole diff', async () => {
    const { calls } = await drawn('preview');
    fireEvent.click(button('Copy all changes'));
    expect(calls.copy.mock.calls).toEqual([[scene('preview').preview?.document?.preview]]);
  });

  it('tells what stands in the way, with a check as the next step', async () => {
    const { executed } = await drawn('preview-failed');
    expect(preview().textContent).toContain('Timeout at');
    fireEvent.click(within(preview()).getByRole('button', { name: 'Check now' }));
    fireEvent.click(button('Try again'));
    expect(executed()).toEqual(['diagnose', 'preview']);
  });

  it('tells why the server did not answer', async () => {
    await drawn('preview', {
      preview: { busy: false, document: null, files: [], problem: 'The engine is gone.' }
    });
    expect(preview().textContent).toContain('The preview could not be made: The engine is gone.');
  });

  it('is busy, and says so', async () => {
    await drawn('preview-busy');
    expect(preview().getAttribute('aria-busy')).toBe('true');
    expect(preview().textContent).toContain('Working out what would change…');
  });

  it('takes the focus, closes by Escape, and Escape does nothing more', async () => {
    const { executed, calls } = await drawn('preview');
    expect(document.activeElement).toBe(button('Close the preview'));
    fireEvent.keyDown(button('Close the preview'), { key: 'Escape' });
    expect(calls.closePreview).toHaveBeenCalledTimes(1);
    expect(executed()).toEqual([]);
  });
});

describe('test installation', () => {
  it('offers kernels of notebooks first, and starts with the first of them', async () => {
    await drawn('test');
    const groups = [...form().querySelectorAll('optgroup')].map(group => [group.label, group.textContent]);
    expect(groups).toEqual([
      ['Open notebooks', 'train.ipynb (Python 3)'],
      ['Started for the test', 'Python 3']
    ]);
    expect(document.activeElement).toBe(screen.getByLabelText('Kernel'));
  });

  it.each([
    [null, 'six'],
    [[{ name: 'numba', versions: [] }], 'numba'],
    [[], 'six']
  ])('takes the first package of the list, else a usual one: %j', async (packages, name) => {
    const result = packages && { schema: 1, verdict: 'ok', summary: '', packages };
    await drawn('test', { packages: { query: '', busy: false, opened: {}, result } });
    expect(screen.getByLabelText<HTMLInputElement>('Package').value).toBe(name);
  });

  it.each(['', 'a b', '-r x', 'https://x/y.whl', './x', 'six>=1', 'six; rm', 'six==', '$(x)', 'é'])(
    'refuses %j in one sentence, and asks no kernel',
    async text => {
      const { calls } = await drawn('test');
      fireEvent.change(screen.getByLabelText('Package'), { target: { value: text } });
      fireEvent.submit(form().querySelector('form')!);
      expect(screen.getByRole('alert').textContent).toContain('Give one package’s name, such as six');
      expect(screen.getByLabelText('Package').getAttribute('aria-invalid')).toBe('true');
      expect(calls.test.start).not.toHaveBeenCalled();
    }
  );

  it.each([
    ['six', 'six'],
    [' zope.interface ', 'zope.interface'],
    ['a', 'a'],
    ['six == 1.17.0', 'six==1.17.0'],
    ['torch==2.1.0+cu121', 'torch==2.1.0+cu121']
  ])('runs %j as %j', async (text, requirement) => {
    const { calls } = await drawn('test');
    fireEvent.change(screen.getByLabelText('Package'), { target: { value: text } });
    fireEvent.change(screen.getByLabelText('Kernel'), { target: { value: 'spec python3' } });
    fireEvent.click(button('Run'));
    expect(calls.test.start.mock.calls).toEqual([
      [expect.objectContaining({ label: 'Python 3' }), requirement]
    ]);
  });

  it('shows pip’s lines while it works, and Cancel in the place of Run', async () => {
    const { calls } = await drawn('test-running');
    expect(screen.getByRole('group', { name: 'Output of pip' }).textContent).toContain('Collecting six');
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
    fireEvent.keyDown(form(), { key: 'Escape' });
    fireEvent.click(button('Cancel'));
    expect(calls.test.cancel).toHaveBeenCalledTimes(2);
    expect(calls.test.close).not.toHaveBeenCalled();
  });

  it.each([
    [
      'test-ok',
      /^six 1\.17\.0 came from https:\S+\/simple\/ \(pip 26\.3, Python 3\.11, 1\.2\u00a0s\)\.$/,
      false
    ],
    [
      'test-elsewhere',
      /came from https:\/\/pypi\.org\/simple .* not the connection’s index: .* overrides it/,
      true
    ],
    ['test-failed', /^pip found no polars\./, true],
    ['test-cancelled', /^Cancelled\. Nothing is left behind\.$/, false]
  ])('%s', async (id, words, check) => {
    const { calls } = await drawn(id);
    const verdict = form().querySelector('.jp-mod-verdict');
    expect(verdict?.textContent).toMatch(words);
    expect(within(form()).queryByRole('button', { name: 'Check now' }) !== null).toBe(check);
    fireEvent.keyDown(form(), { key: 'Escape' });
    expect(calls.test.close).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['busy', /is busy\. Wait until it is idle, or choose another\.$/],
    ['gone', /not running any more/],
    [{ failed: 'OSError: no space' }, /^The test could not be run in this kernel\.$/]
  ])('when the kernel cannot: %j', async (end, words) => {
    const { run, choices } = scene('test-ok').test!;
    await drawn('test-ok', { test: { choices, run: { ...run!, end } } });
    expect(form().querySelector('.jp-mod-verdict')?.textContent).toMatch(words);
  });

  it.each([
    ['/usr/bin/python: No module named pip', /has no pip/],
    ['HTTP error 403 while getting https://x', /refused the credentials/],
    ['Could not install packages due to an OSError', /^pip could not download polars\./]
  ])('%s', async (error, words) => {
    const { run, choices } = scene('test-failed').test!;
    const end = { ...(run!.end as object), error };
    await drawn('test-failed', { test: { choices, run: { ...run!, end } } });
    expect(form().querySelector('.jp-mod-verdict')?.textContent).toMatch(words);
    expect(form().querySelector('.jp-CodeArtifact-own')?.textContent).toBe(error);
  });
});

describe('kernels', () => {
  it('a variable in a kernel: who, what, and the two ways on', async () => {
    const { executed } = await drawn('17b');
    expect(screen.getAllByRole('heading', { level: 3 })[0].textContent).toBe(
      'Connected, but not in this kernel'
    );
    expect(document.body.textContent).toContain(
      'PIP_INDEX_URL is set in the kernel of train.ipynb and overrides pip.conf.'
    );
    expect(screen.getByRole('status').textContent).toBe('Connected, but not in this kernel.');
    expect(screen.getByText('pip in train.ipynb').textContent).toContain('overridden by PIP_INDEX_URL');
    fireEvent.click(button('Unset it in this kernel'));
    fireEvent.click(button('Ignore'));
    expect(executed()).toEqual(['unset-kernel-variables', 'ignore-kernel']);
  });

  it('lists those that do not use the connection, with why and the fix; the others in one line', async () => {
    const { calls } = await drawn('17c');
    const rows = screen.getAllByRole('listitem').map(row => row.textContent);
    expect(rows).toContain(
      'Kernel Python 3 (forecasting)overridden by index-url in /home/ds/envs/forecasting/pip.conf, line 2 (https://pypi.org/simple)'
    );
    expect(rows).toContain('2 kernels use it');
    const [{ title, text }] = scene('17c').store.document?.kernels?.[0].fix?.snippets ?? [];
    // The fix above has the same; this one is in the kernel's row.
    fireEvent.click(screen.getAllByRole('button', { name: `Copy: ${title}` }).at(-1)!);
    expect(calls.copy.mock.calls).toEqual([[text]]);
    expect(text).toContain('envs/forecasting/bin/python -m pip config --site unset global.index-url');
  });
});
