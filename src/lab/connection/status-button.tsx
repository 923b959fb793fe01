import * as React from 'react';
import { useNow } from '../ui/hooks';
import { Icon, VerdictIcon } from '../ui/icon';
import type { Trans } from '../ui/trans';
import { repairOf } from './repair';
import { statusBarText } from './status-bar-text';
import type { IStore } from './store';
import { viewStateOf } from './view-state';

const MINUTE = 60_000;

/** How often the words change: tenths of a second while something runs, seconds while something counts. */
export function refreshPeriodOf(store: IStore): number {
  if (store.busy?.shown || store.live !== null) {
    return 100;
  }
  const repair = repairOf(store);
  const counts =
    store.nextCheckAt !== null ||
    (repair !== null && Date.now() - repair.at < MINUTE) ||
    store.problem?.restartAt !== undefined ||
    store.document?.verdict === 'throttled';
  // The token's time left is shown in minutes; four times a minute keep it accurate.
  return counts ? 1000 : 15_000;
}

interface IStatusButtonProps {
  readonly trans: Trans;
  readonly store: IStore;
  readonly onPress: () => void;
}

/** The button in the status bar, at a given time. */
export function StatusButton(props: IStatusButtonProps & { now: number }): React.JSX.Element {
  const view = viewStateOf(props.store);
  const text = statusBarText(props.trans, view, props.store, props.now);
  return (
    <button
      type="button"
      className="jp-CodeArtifactStatus"
      aria-label={text.title}
      title={text.title}
      onClick={props.onPress}
    >
      {text.icon === 'package' ? (
        <Icon name="package" />
      ) : (
        <VerdictIcon name={text.icon} plain={!text.coloured} />
      )}
      <span className="jp-CodeArtifact-num">{text.text}</span>
    </button>
  );
}

/** The same, with the time going on. */
export const LiveStatusButton = (props: IStatusButtonProps): React.JSX.Element => (
  <StatusButton {...props} now={useNow(refreshPeriodOf(props.store))} />
);
