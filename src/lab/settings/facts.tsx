import * as React from 'react';
import { useUI } from '../ui/context';
import { Clip } from '../ui/text';
import type { IOffer } from './instructions';

/** The names in a notebook's cell, before anything is done with them. */
export function OfferedChoice(props: { offer: IOffer }): React.JSX.Element {
  const { trans } = useUI();
  const { choice } = props.offer;
  const rows: readonly [string, string][] = [
    [trans.__('Domain'), choice.domain],
    [trans.__('Owner'), choice.domainOwner],
    [trans.__('Repository'), choice.repository],
    [trans.__('Region'), choice.region]
  ];
  return <Facts rows={rows} />;
}

/** Names and values; a row without a value is left out. */
export function Facts(props: {
  rows: readonly (readonly [string, string])[];
  children?: React.ReactNode;
}): React.JSX.Element {
  return (
    <dl className="jp-CodeArtifact-facts">
      {props.children}
      {props.rows
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
