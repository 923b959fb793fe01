import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { CodeArtifactModel } from './model';

const LiveStatusButton = React.lazy(async () => ({
  default: (await import('./status-button')).LiveStatusButton
}));

/** The item in the status bar; a press opens the panel. */
export class StatusItem extends VDomRenderer<CodeArtifactModel> {
  constructor(model: CodeArtifactModel, trans: TranslationBundle, onPress: () => void) {
    super(model);
    this._trans = trans;
    this._onPress = onPress;
    this.addClass('jp-CodeArtifact-scope');
  }

  protected render(): React.JSX.Element | null {
    const { store } = this.model;
    return store.document ? (
      <React.Suspense fallback={null}>
        <LiveStatusButton trans={this._trans} store={store} onPress={this._onPress} />
      </React.Suspense>
    ) : null;
  }

  private readonly _trans: TranslationBundle;
  private readonly _onPress: () => void;
}
