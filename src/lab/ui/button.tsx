import * as React from 'react';
import type { IconName } from './icon';
import { Icon } from './icon';
import { usePanel } from './panel-context';

interface ButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly kind?: 'accept' | 'minimal';
  readonly disabled?: boolean;
  /** What stands in its place for a while gives the focus back to it. */
  readonly test?: boolean;
  readonly onPress: () => void;
}

/**
 * A button. The second click of a double click does nothing: it was meant for the button that stood
 * here a moment ago ("Connect", where "Cancel" is now).
 */
export const Button = (props: ButtonProps): React.JSX.Element => (
  <button
    type="button"
    className={['jp-CodeArtifact-btn', props.kind && `jp-mod-${props.kind}`].filter(Boolean).join(' ')}
    title={props.title}
    disabled={props.disabled}
    data-test={props.test}
    onClick={event => event.detail <= 1 && props.onPress()}
  >
    {props.label}
  </button>
);

export const LinkButton = (props: { label: string; onPress: () => void }): React.JSX.Element => (
  <button type="button" className="jp-CodeArtifact-link" onClick={props.onPress}>
    {props.label}
  </button>
);

/** A button of 24 px with a shape; its label is its name and its title. */
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

/** How long the tick stays after copying. */
const COPIED_MS = 2000;

/** Copies a text, and shows a tick for a moment. */
export function CopyButton(props: { label: string; text: string }): React.JSX.Element {
  const { trans, actions } = usePanel();
  const [done, setDone] = React.useState(false);
  React.useEffect(() => {
    const timer = done ? setTimeout(() => setDone(false), COPIED_MS) : undefined;
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <IconButton
      icon={done ? 'tick' : 'copy'}
      done={done}
      label={done ? trans.__('Copied') : props.label}
      onPress={() => {
        actions.copy(props.text);
        setDone(true);
      }}
    />
  );
}
