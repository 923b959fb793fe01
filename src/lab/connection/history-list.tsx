import * as React from 'react';
import { CommandIDs } from '../tokens';
import { Button } from '../ui/button';
import { useUI } from '../ui/context';
import type { IconName } from '../ui/icon';
import { Icon } from '../ui/icon';
import { clockTime, daysBefore, locale } from '../ui/time';
import type { Trans } from '../ui/trans';
import type { IHistoryEntry } from './history';

const ICONS: Record<IHistoryEntry['icon'], IconName> = {
  ok: 'checked',
  off: 'ring',
  timeout: 'timeout',
  denied: 'denied',
  error: 'error'
};

function dayName(days: number, at: number, trans: Trans): string {
  return days === 0
    ? trans.__('Today')
    : days === 1
      ? trans.__('Yesterday')
      : new Date(at).toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long' });
}

/** The events by day, newest first. */
export function HistoryList(props: { history: readonly IHistoryEntry[] }): React.JSX.Element {
  const { trans, now, execute } = useUI();
  const { history } = props;
  const days = new Map<number, IHistoryEntry[]>();
  for (const entry of history) {
    const key = daysBefore(entry.at, now);
    days.set(key, [...(days.get(key) ?? []), entry]);
  }
  return (
    <>
      {history.length === 0 && (
        <div className="jp-CodeArtifact-note">
          <Icon name="info" className="jp-CodeArtifact-icon-off" />
          <div>{trans.__('Nothing yet. What happens to the connection is listed here.')}</div>
        </div>
      )}
      {[...days].map(([key, entries]) => (
        <React.Fragment key={key}>
          <h4 className="jp-CodeArtifact-day">{dayName(key, entries[0].at, trans)}</h4>
          <ol>
            {entries.map(entry => (
              <li key={entry.at} className="jp-CodeArtifact-hist">
                <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at, entry.at)}</time>
                <Icon name={ICONS[entry.icon]} className="jp-CodeArtifact-icon-off" />
                <div>
                  {entry.title}
                  {entry.detail && (
                    <>
                      <br />
                      <span className="jp-CodeArtifact-dim">{entry.detail}</span>
                    </>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </React.Fragment>
      ))}
      {history.length > 0 && (
        <div className="jp-CodeArtifact-row">
          <Button label={trans.__('Copy report')} onPress={() => execute(CommandIDs.copyReport)} />
        </div>
      )}
    </>
  );
}
