import { cleanup, fireEvent, screen } from '@testing-library/react';
import { draw } from '../../../testing/fixtures/lab/render-panel';
import { LISTING, SCENES } from '../../../testing/fixtures/lab/scenes';
import type { IStore } from '../connection/store';

const scene = (id: string): IStore => SCENES.find(item => item.id === id)!.store;
const button = (name: string): HTMLButtonElement => screen.getByRole('button', { name });

afterEach(cleanup);

describe('first run', () => {
  it('says that it looks, until the list is there', () => {
    draw({ ...scene('1a'), listing: null });
    expect(screen.getByText('Looking for repositories…')).toBeTruthy();
  });

  it('offers each repository with its way to PyPI, the one behind a store first', () => {
    draw(scene('1a'));
    const radios = screen.getAllByRole<HTMLInputElement>('radio');
    expect(radios.map(radio => radio.parentElement?.textContent)).toEqual([
      'isolatedsmPyPI through pypi-store',
      'pypi-storePyPI, direct',
      'scratchno upstream: only what was published here'
    ]);
    expect(radios.map(radio => radio.checked)).toEqual([true, false, false]);
  });

  it('saves the chosen one with its owner, then connects', () => {
    const { executed } = draw(scene('1a'));
    fireEvent.click(screen.getAllByRole('radio')[1]);
    fireEvent.click(button('Connect'));
    expect(executed()).toEqual([
      [
        'use-repository',
        { domain: 'analytics', domainOwner: '111122223333', repository: 'pypi-store', region: '' }
      ]
    ]);
  });

  it('follows the domain', () => {
    const domains = [...LISTING.domains, { name: 'platform-ml', owner: '111122223333' }];
    draw({ ...scene('1a'), listing: { ...LISTING, domains } });
    fireEvent.change(screen.getByLabelText('Domain'), { target: { value: 'platform-ml' } });
    expect(screen.queryAllByRole('radio')).toEqual([]);
    expect(button('Connect').getAttribute('aria-disabled')).toBe('true');
  });

  it('leaves no choice where the administrator has pinned it', () => {
    const file = '/etc/overrides.json';
    draw({
      ...scene('1a'),
      pins: { domain: { value: 'analytics', file }, repository: { value: 'pypi-store', file } }
    });
    expect(screen.getByLabelText<HTMLSelectElement>('Domain').disabled).toBe(true);
    expect(screen.getAllByRole('radio')).toHaveLength(1);
    expect(screen.getByText(/Your administrator set the fields/)).toBeTruthy();
  });
});

describe('first run without a list', () => {
  it('takes pasted instructions where listing is not allowed', async () => {
    const { executed } = draw(scene('1b'));
    expect(screen.getByText(/^This role may not list repositories/)).toBeTruthy();
    expect(button('Use and connect').getAttribute('aria-disabled')).toBe('true');
    fireEvent.change(screen.getByLabelText('Connection instructions'), {
      target: {
        value:
          'aws codeartifact login --tool pip --repository isolatedsm --domain analytics --domain-owner 111122223333 --region eu-central-1'
      }
    });
    expect(await screen.findByText('analytics / isolatedsm')).toBeTruthy();
    fireEvent.click(button('Use and connect'));
    expect(executed()).toEqual([
      [
        'use-repository',
        { domain: 'analytics', domainOwner: '111122223333', repository: 'isolatedsm', region: 'eu-central-1' }
      ]
    ]);
  });

  it('says what it could not find in a text', async () => {
    draw(scene('1b'));
    fireEvent.change(screen.getByLabelText('Connection instructions'), { target: { value: 'hello' } });
    expect(await screen.findByText(/^No repository is named there yet/)).toBeTruthy();
  });

  it('takes the names by hand', () => {
    const { executed } = draw(scene('1b'));
    fireEvent.click(button('Enter the names instead'));
    fireEvent.change(screen.getByLabelText('Domain'), { target: { value: 'analytics' } });
    expect(button('Use and connect').getAttribute('aria-disabled')).toBe('true');
    fireEvent.change(screen.getByLabelText('Repository'), { target: { value: 'isolatedsm' } });
    fireEvent.click(button('Use and connect'));
    expect((executed() as [string, object][])[0][1]).toMatchObject({
      domain: 'analytics',
      repository: 'isolatedsm'
    });
  });

  it.each([
    [
      'no repository',
      { ...LISTING, repositories: [], domains: [] },
      /^No repository was found in this account and Region/
    ],
    [
      'a dead path',
      { ...LISTING, verdict: 'timeout' as const, repositories: [] },
      /^Repositories could not be listed: Timeout\.$/
    ]
  ])('says it of %s, and lets the user paste', (_, listing, words) => {
    draw({ ...scene('1a'), listing });
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByLabelText('Connection instructions')).toBeTruthy();
  });
});

it('offers what a notebook’s cell names', () => {
  const { executed } = draw(scene('1c'));
  expect(screen.getByText('train.ipynb')).toBeTruthy();
  fireEvent.click(button('Use and connect'));
  expect(executed()).toEqual(['use-repository']);
});
