import * as React from 'react';
import { useUI } from '../ui/context';
import { latePart } from '../ui/late-part';
import { Section } from '../ui/section';
import type { IHistoryEntry } from './history';

const HistoryList = latePart(async () => (await import('./history-list')).HistoryList);

/** The events of the connection in the last seven days, newest first. */
export function HistorySection(props: { history: readonly IHistoryEntry[] }): React.JSX.Element {
  const { trans } = useUI();
  const { history } = props;
  return (
    <Section
      id="history"
      title={trans.__('History')}
      open={false}
      flush
      summary={history.length ? <span>{trans.__('last 7 days')}</span> : undefined}
    >
      <HistoryList history={history} />
    </Section>
  );
}
