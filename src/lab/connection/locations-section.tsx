import * as React from 'react';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { Section } from '../ui/section';

/** Where Node was looked for. */
export function LocationsSection(props: { looked: readonly string[] }): React.JSX.Element {
  const { trans } = usePanel();
  const { looked } = props;
  return (
    <Section
      id="looked"
      title={trans.__('Locations checked')}
      open={false}
      flush
      summary={<span>{trans._n('%1 place', '%1 places', looked.length)}</span>}
    >
      <ul>
        {looked.map(place => (
          <li key={place} className="jp-CodeArtifact-row">
            <Icon name="ring" />
            <div>{place}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
