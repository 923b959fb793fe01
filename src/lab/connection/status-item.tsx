import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Trans } from '../ui/trans';
import type { CodeArtifactModel } from './model';

/** Loaded with the first document, not with JupyterLab. */
const LiveStatusButton = React.lazy(async () => ({
  default: (await import('./status-button')).LiveStatusButton
}));

/** The item in the status bar; pressing it opens the panel. */
export class StatusItem extends VDomRenderer<CodeArtifactModel> {
  constructor(options: StatusItem.IOptions) {
    super(options.model);
    this._trans = options.trans;
    this._onPress = options.onPress;
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

  private readonly _trans: Trans;
  private readonly _onPress: () => void;
}

export namespace StatusItem {
  export interface IOptions {
    readonly model: CodeArtifactModel;
    readonly trans: Trans;
    readonly onPress: () => void;
  }
}
