import { nullTranslator } from '@jupyterlab/translation';
import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { UIProvider } from './context';
import { Late } from './late';
import { latePart } from './late-part';

const context = {
  trans: nullTranslator.load(''),
  now: 0,
  expanded: {},
  expand: () => undefined,
  execute: () => undefined,
  copy: () => undefined
};

const draw = (Part: React.ComponentType) => () =>
  render(
    <UIProvider value={context}>
      <Part />
    </UIProvider>
  );

const Text = (): React.JSX.Element => <p>there</p>;

it('loads once for all that ask, and again after a failure', async () => {
  const load = jest
    .fn<Promise<string>, []>()
    .mockRejectedValueOnce(new Error('gone'))
    .mockResolvedValue('code');
  const late = new Late(load);
  expect(load).not.toHaveBeenCalled();
  await expect(Promise.all([late.load(), late.load()])).rejects.toThrow('gone');
  expect(late.now).toBeNull();
  expect(await Promise.all([late.load(), late.load(), late.load()])).toEqual(['code', 'code', 'code']);
  expect([late.now, load.mock.calls.length]).toEqual(['code', 2]);
});

it('draws a part when it is loaded, and from then on at once', async () => {
  const drawn = draw(latePart(() => Promise.resolve(Text)));
  const { unmount } = drawn();
  expect(screen.queryByText('there')).toBeNull();
  expect(await screen.findByText('there')).toBeTruthy();
  unmount();
  drawn();
  expect(screen.getByText('there')).toBeTruthy();
});

it('says so when a part cannot be loaded', async () => {
  await act(async () => {
    draw(latePart(() => Promise.reject(new Error('gone'))))();
    await Promise.resolve();
  });
  expect(await screen.findByText('This part could not be loaded. Reload this page.')).toBeTruthy();
});
