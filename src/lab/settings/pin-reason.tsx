import * as React from 'react';
import { pinReason } from './pin-text';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { Rich } from '../ui/text';

/** Said once for all locked fields, and the administrator's own words after it. */
export function PinReason(props: { keys: readonly string[]; id?: string }): React.JSX.Element | null {
  const { trans, store } = usePanel();
  const pin = props.keys.map(key => store.pins[key]).find(item => item !== undefined);
  return pin ? (
    <p className="jp-CodeArtifact-who" id={props.id}>
      <Icon name="lock" />
      <span>
        <Rich text={pinReason(trans, pin)} />
        {pin.reason && <> {pin.reason}</>}
      </span>
    </p>
  ) : null;
}
