import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { VerdictIconName } from '../ui/icon';
import { useSuccessor } from '../ui/hooks';
import { Icon, VerdictIcon } from '../ui/icon';

interface IBannerButton {
  readonly label: string;
  readonly quiet?: boolean;
  readonly press: () => void;
}

export interface IBannerContent {
  /** Its name for screen readers. */
  readonly name: string;
  readonly icon: VerdictIconName | 'package';
  readonly text: string;
  readonly buttons: readonly IBannerButton[];
}

/** One line beside a cell. */
const BannerView = (props: IBannerContent): React.JSX.Element => (
  <div className="jp-CodeArtifactBanner" role="note" aria-label={props.name}>
    <p>
      {props.icon === 'package' ? <Icon name="package" /> : <VerdictIcon name={props.icon} />}
      <span>{props.text}</span>
    </p>
    <div {...useSuccessor(props.buttons.map(button => button.label).join('\n'))}>
      {props.buttons.map(button => (
        <button
          key={button.label}
          type="button"
          className={button.quiet ? 'jp-CodeArtifact-btn jp-mod-minimal' : 'jp-CodeArtifact-btn'}
          onClick={button.press}
        >
          {button.label}
        </button>
      ))}
    </div>
  </div>
);

/** A banner in a cell. It is part of the view only; the notebook's file does not change. */
export class Banner extends ReactWidget {
  constructor(content: IBannerContent) {
    super();
    this._content = content;
    this.addClass('jp-CodeArtifact-scope');
    // Keys pressed here must not reach the notebook's command mode.
    this.node.dataset.lmSuppressShortcuts = 'true';
  }

  set content(content: IBannerContent) {
    this._content = content;
    this.update();
  }

  protected render(): React.JSX.Element {
    return <BannerView {...this._content} />;
  }

  private _content: IBannerContent;
}
