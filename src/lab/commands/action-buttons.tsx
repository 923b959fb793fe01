import * as React from 'react';
import type { Action } from './action-labels';
import { Button } from '../ui/button';
import { usePanel } from '../ui/panel-context';

/** The buttons of the status. When one that had the focus goes away, its successor gets it. */
export function ActionButtons(props: { actions: readonly Action[] }): React.JSX.Element | null {
  const { actions } = usePanel();
  const box = React.useRef<HTMLDivElement>(null);
  const focused = React.useRef(false);
  const key = props.actions.map(action => action.id).join(' ');
  React.useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (focused.current && lost) {
      box.current?.querySelector<HTMLElement>('button')?.focus();
    }
  }, [key]);
  return (
    <div
      ref={box}
      className="jp-CodeArtifact-actions"
      hidden={props.actions.length === 0}
      onFocus={() => (focused.current = true)}
      // A removed button loses the focus to nobody: only a real move to elsewhere is told here.
      onBlur={event => (focused.current = event.relatedTarget === null)}
    >
      {props.actions.map(action => (
        <Button
          key={action.id}
          label={action.label}
          title={action.title}
          kind={action.primary ? 'accept' : undefined}
          onPress={() => actions.act(action.id)}
        />
      ))}
    </div>
  );
}
