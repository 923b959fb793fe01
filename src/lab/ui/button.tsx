import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import * as React from 'react';
import { useUI } from './context';
import { useSuccessor } from './hooks';
import type { IconName } from './icon';
import { Icon } from './icon';

interface IButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly kind?: 'accept' | 'minimal';
  /** The accessible name, where the label alone does not say enough. */
  readonly name?: string;
  readonly disabled?: boolean;
  /** Marks the button of "Test installation", which gets the focus back when the form is closed. */
  readonly test?: boolean;
  readonly onPress: () => void;
}

/**
 * A button. It ignores the second click of a double click, which was meant for the button that was in its place a
 * moment ago ("Connect", where "Cancel" is now).
 */
export const Button = (props: IButtonProps): React.JSX.Element => (
  <button
    type="button"
    className={['jp-CodeArtifact-btn', props.kind && `jp-mod-${props.kind}`].filter(Boolean).join(' ')}
    title={props.title}
    aria-label={props.name}
    // Not `disabled`, which would take the focus away from who has just pressed it.
    aria-disabled={props.disabled || undefined}
    data-test={props.test}
    onClick={event => event.detail <= 1 && !props.disabled && props.onPress()}
  >
    {props.label}
  </button>
);

export const LinkButton = (props: { label: string; onPress: () => void }): React.JSX.Element => (
  <button type="button" className="jp-CodeArtifact-link" onClick={props.onPress}>
    {props.label}
  </button>
);

/** A button of 24 px that shows an icon; its label is its accessible name and its title. */
export const IconButton = (props: {
  icon: IconName;
  label: string;
  done?: boolean;
  menu?: boolean;
  close?: boolean;
  onPress: (button: HTMLElement) => void;
}): React.JSX.Element => (
  <button
    type="button"
    className={props.done ? 'jp-CodeArtifact-iconbtn jp-mod-done' : 'jp-CodeArtifact-iconbtn'}
    aria-label={props.label}
    aria-haspopup={props.menu ? 'menu' : undefined}
    data-close={props.close}
    title={props.label}
    onClick={event => props.onPress(event.currentTarget)}
  >
    <Icon name={props.icon} />
  </button>
);

/** How long the check mark stays after copying. */
const COPIED_MS = 2000;

/** Copies a text, and shows a check mark for a moment. */
export function CopyButton(props: { label: string; text: string }): React.JSX.Element {
  const { trans, copy } = useUI();
  const [done, setDone] = React.useState(false);
  React.useEffect(() => {
    const timer = done ? setTimeout(() => setDone(false), COPIED_MS) : undefined;
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <IconButton
      icon={done ? 'check' : 'copy'}
      done={done}
      label={done ? trans.__('Copied') : props.label}
      onPress={() => {
        copy(props.text);
        setDone(true);
      }}
    />
  );
}

/** A button that executes a command. */
export interface IAction {
  readonly command: string;
  readonly args?: ReadonlyPartialJSONObject;
  /** What the command means in this situation; the command's own label is for menus and the palette. */
  readonly label: string;
  readonly title?: string;
  /** The reader's own next step; at most one in a list. */
  readonly primary?: boolean;
}

/** A row of buttons. When one that has the focus is removed, the first of its successors gets the focus. */
export function ActionButtons(props: { actions: readonly IAction[] }): React.JSX.Element {
  const { execute } = useUI();
  const key = (action: IAction): string => `${action.command} ${action.label}`;
  const successor = useSuccessor(props.actions.map(key).join('\n'));
  return (
    <div className="jp-CodeArtifact-actions" hidden={props.actions.length === 0} {...successor}>
      {props.actions.map(action => (
        <Button
          key={key(action)}
          label={action.label}
          title={action.title}
          kind={action.primary ? 'accept' : undefined}
          onPress={() => execute(action.command, action.args)}
        />
      ))}
    </div>
  );
}
