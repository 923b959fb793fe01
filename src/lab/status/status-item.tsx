import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { CodeArtifactModel } from '../model/model';
import { HeadlineIcon, Icon } from '../panel/icon';
import { useNow } from '../panel/now';
import type { Facts } from '../view/facts';
import { situationOf } from '../view/situation';
import { statusWords } from '../words/status';

/** The status bar's one button, drawn from facts alone. */
export function StatusButton(props: {
  trans: TranslationBundle;
  facts: Facts;
  now: number;
  onPress: () => void;
}): React.JSX.Element {
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

function Live(props: {
  model: CodeArtifactModel;
  trans: TranslationBundle;
  onPress: () => void;
}): React.JSX.Element {
  const { facts } = props.model;
  return <StatusButton trans={props.trans} facts={facts} now={useNow(facts)} onPress={props.onPress} />;
}

/** The item in the status bar; a press opens the panel. */
export class StatusItem extends VDomRenderer<CodeArtifactModel> {
  constructor(model: CodeArtifactModel, trans: TranslationBundle, onPress: () => void) {
    super(model);
    this._trans = trans;
    this._onPress = onPress;
    this.addClass('jp-CodeArtifact-scope');
  }

  protected render(): React.JSX.Element {
    return <Live model={this.model} trans={this._trans} onPress={this._onPress} />;
  }

  private readonly _trans: TranslationBundle;
  private readonly _onPress: () => void;
}
