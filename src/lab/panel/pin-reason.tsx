import * as React from 'react';
import { pinReason } from '../words/pin';
import { usePanel } from './context';
import { Icon } from './icon';
import { Rich } from './text';

/** Said once for all locked fields, and the administrator's own words after it. */
export function PinReason(props: { keys: readonly string[]; id?: string }): React.JSX.Element | null {
  const { trans, facts } = usePanel();
  const pin = props.keys.map(key => facts.pins[key]).find(item => item !== undefined);
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
