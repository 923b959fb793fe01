import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Icon, HeadlineIcon } from '../ui/icon';
import type { HeadIcon } from '../connection/status-message';

export interface BannerButton {
  readonly label: string;
  readonly quiet?: boolean;
  readonly press: () => void;
}

export interface BannerContent {
  /** Its name for screen readers. */
  readonly name: string;
  readonly icon: HeadIcon | 'package';
  readonly text: string;
  readonly buttons: readonly BannerButton[];
}

/** One line beside a cell; what it says can change while it stands. */
export const BannerView = (props: BannerContent): React.JSX.Element => (
  <div className="jp-CodeArtifactBanner" role="note" aria-label={props.name}>
    <p>
      {props.icon === 'package' ? <Icon name="package" /> : <HeadlineIcon icon={props.icon} size={16} />}
      <span>{props.text}</span>
    </p>
    <div>
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

/** The banner as a widget in a cell. It belongs to the view: the notebook's file never knows of it. */
export class Banner extends ReactWidget {
  constructor(content: BannerContent) {
    super();
    this._content = content;
    this.addClass('jp-CodeArtifact-scope');
    // Keys pressed here must not reach the notebook's command mode.
    this.node.dataset.lmSuppressShortcuts = 'true';
  }

  set content(content: BannerContent) {
    this._content = content;
    this.update();
  }

  protected render(): React.JSX.Element {
    return <BannerView {...this._content} />;
  }

  private _content: BannerContent;
}
