import * as React from 'react';
import type { Offer } from '../connection/store';
import { usePanel } from '../ui/panel-context';
import { Clip } from '../ui/text';

/** What a notebook's cell names, before anything is done with it. */
export function OfferedChoice(props: { offer: Offer }): React.JSX.Element {
  const { trans } = usePanel();
  const { choice } = props.offer;
  const rows: readonly [string, string][] = [
    [trans.__('Domain'), choice.domain],
    [trans.__('Owner'), choice.domainOwner],
    [trans.__('Repository'), choice.repository],
    [trans.__('Region'), choice.region]
  ];
  return (
    <dl className="jp-CodeArtifact-facts">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <Clip text={value} />
            </dd>
          </React.Fragment>
        ))}
    </dl>
  );
}
