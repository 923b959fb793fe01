import { Signal } from '@lumino/signaling';
import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { useSignals } from './hooks';

it('draws what arrives while it is drawn for the first time', () => {
  const source = {};
  const changed = new Signal<object, void>(source);
  let state = 'Looking…';
  const Shown = (): React.JSX.Element => {
    useSignals([changed]);
    return <p>{state}</p>;
  };
  /** Drawn after it, and before the browser paints: so early can an answer be there. */
  const Answer = (): null => {
    React.useLayoutEffect(() => {
      state = 'Connected';
      changed.emit();
    }, []);
    return null;
  };
  const { unmount } = render(
    <>
      <Shown />
      <Answer />
    </>
  );
  expect(screen.getByText('Connected')).toBeTruthy();
  unmount();
  state = 'gone';
  expect(() => changed.emit()).not.toThrow();
});
