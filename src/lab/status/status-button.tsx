import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { HeadlineIcon, Icon } from '../panel/icon';
import { useNow } from '../panel/now';
import type { Facts } from '../view/facts';
import { situationOf } from '../view/situation';
import { statusWords } from '../words/status';

interface ButtonProps {
  readonly trans: TranslationBundle;
  readonly facts: Facts;
  readonly onPress: () => void;
}

/** The status bar's one button, drawn from facts alone. */
export function StatusButton(props: ButtonProps & { now: number }): React.JSX.Element {
  const situation = situationOf(props.facts);
  const words = statusWords(props.trans, situation, props.facts, props.now);
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
  <StatusButton {...props} now={useNow(props.facts)} />
);
