import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { HeadlineIcon, Icon } from '../ui/icon';
import { useNow } from '../ui/now';
import type { Store } from './store';
import { viewStateOf } from './view-state';
import { statusBarText } from './status-bar-text';

interface ButtonProps {
  readonly trans: TranslationBundle;
  readonly store: Store;
  readonly onPress: () => void;
}

/** The status bar's one button, drawn from facts alone. */
export function StatusButton(props: ButtonProps & { now: number }): React.JSX.Element {
  const view = viewStateOf(props.store);
  const words = statusBarText(props.trans, view, props.store, props.now);
  return (
    <button
      type="button"
      className="jp-CodeArtifactStatus"
      aria-label={words.title}
      title={words.title}
      onClick={props.onPress}
    >
      {words.icon === 'package' ? (
        <Icon name="package" />
      ) : (
        <HeadlineIcon icon={words.icon} size={16} coloured={words.coloured} />
      )}
      <span className="jp-CodeArtifact-num">{words.text}</span>
    </button>
  );
}

/** The same as time goes on. */
export const LiveStatusButton = (props: ButtonProps): React.JSX.Element => (
  <StatusButton {...props} now={useNow(props.store)} />
);
