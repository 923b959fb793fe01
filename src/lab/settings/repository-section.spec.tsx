import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { aConnection, aDocument, brokenAt } from '../../../testing/fixtures/lab/documents';
import { draw } from '../../../testing/fixtures/lab/render-panel';
import { aStore } from '../../../testing/fixtures/lab/stores';

afterEach(cleanup);

const ready = aStore({ document: aDocument({ connection: null, rungs: [], files: [] }) });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

describe('a name that cannot be one', () => {
  it.each([
    ['Domain', 'Ana lytics', /lower-case letters/],
    ['Owner', 'x', /12 digits/],
    ['Repository', 'a/b', /2 to 100 letters/],
    ['Region', 'Frankfurt', /such as us-east-1/]
  ])('%s: is told at once where it is entered, and not saved', (name, value, words) => {
    const { calls } = draw(ready, { sections: { repository: true } });
    fireEvent.change(field(name), { target: { value } });
    fireEvent.blur(field(name));
    expect(calls.save).not.toHaveBeenCalled();
    expect(field(name).value).toBe(value);
    expect(field(name).getAttribute('aria-invalid')).toBe('true');
    const told = document.getElementById(field(name).getAttribute('aria-describedby') ?? '');
    expect(told?.textContent).toMatch(words);
    fireEvent.keyDown(field(name), { key: 'Escape' });
    expect(field(name).getAttribute('aria-invalid')).toBeNull();
  });

  it('does not keep another one from being saved', () => {
    const { calls } = draw(ready, { sections: { repository: true } });
    fireEvent.change(field('Domain'), { target: { value: 'Ana lytics' } });
    fireEvent.change(field('Repository'), { target: { value: ' scratch ' } });
    fireEvent.blur(field('Repository'));
    expect(calls.save.mock.calls).toEqual([['repository', 'scratch']]);
  });
});

describe('another repository', () => {
  it.each([
    ['connected', aStore()],
    ['ready', ready],
    [
      'broken',
      aStore({ document: { ...brokenAt({ id: 'tcp.api', verdict: 'timeout' }), connection: aConnection() } })
    ]
  ])('can be chosen while %s', (_, store) => {
    const { executed } = draw(store, { sections: { repository: true } });
    fireEvent.click(screen.getByRole('button', { name: 'Choose another repository' }));
    expect(executed()).toEqual(['choose-repository']);
  });

  it('the ways to choose take the focus, and leave all as it is when they are closed', () => {
    const { calls } = draw(aStore(), { sections: { repository: true }, choosing: true });
    expect(document.activeElement?.closest('section')?.textContent).toMatch(/^Repository/);
    fireEvent.click(screen.getByRole('button', { name: 'Keep the present one' }));
    expect(calls.closeChoice).toHaveBeenCalledTimes(1);
  });

  it('is the next step when the repository does not exist', () => {
    const missing = brokenAt({
      id: 'endpoint',
      verdict: 'not_found',
      evidence: { cause: 'not_found', resourceType: 'repository', resourceId: 'analytics/isolatedsm' },
      fix: { who: 'you', text: 'Choose one.', snippets: [] }
    });
    const { container } = draw(aStore({ document: missing }));
    expect(container.querySelector('.jp-mod-accept')?.textContent).toBe('Choose another repository');
  });
});

it('pip’s own index can be kept, for what that costs', () => {
  const { calls } = draw(ready, { sections: { repository: true } });
  fireEvent.click(screen.getByRole('checkbox', { name: /ask both/ }));
  expect(calls.save.mock.calls).toEqual([['indexMode', 'extra-index-url']]);
});

it('switching between the ways keeps the focus in the form', () => {
  draw(aStore({ settings: {}, document: aDocument({ connection: null, rungs: [], files: [] }) }));
  const link = screen.getByRole('button', { name: 'Paste connection instructions instead' });
  link.focus();
  act(() => link.click());
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  act(() => screen.getByRole('button', { name: 'Enter the names instead' }).click());
  expect(document.activeElement).toBe(field('Domain'));
});
