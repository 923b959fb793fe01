import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import { clockTime, fullDate, timeLeft } from '../ui/time';
import { usePanel } from '../ui/panel-context';

/** CodeArtifact's longest token, and the default: 12 h (GetAuthorizationToken, durationSeconds). */
const LONGEST_S = 43200;

const percent = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

/** How long the token lives: minutes, not seconds; a bar, and where it will be renewed. */
export function TimeLeft(props: { connection: Connection; quiet: boolean }): React.JSX.Element | null {
  const { trans, store, now } = usePanel();
  const { connection } = props;
  const ends = Date.parse(connection.expiresAt ?? '');
  if (Number.isNaN(ends)) {
    return null;
  }
  const left = Math.max(0, ends - now);
  const whole = Math.max((store.settings?.durationSeconds || LONGEST_S) * 1000, left);
  const failing = connection.trouble !== undefined;
  const renews = failing ? NaN : Date.parse(connection.refreshAt ?? '');
  const words = timeLeft(trans, left);
  return (
    <div className="jp-CodeArtifact-time">
      <div
        className={failing ? 'jp-CodeArtifact-meter jp-mod-soon' : 'jp-CodeArtifact-meter'}
        role="meter"
        aria-label={trans.__('Token time left')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent(left / whole)}
        aria-valuetext={words}
      >
        <span style={{ inlineSize: `${percent(left / whole)}%` }} />
        {renews > now && <i style={{ insetInlineStart: `${percent((ends - renews) / whole)}%` }} />}
      </div>
      <div className="jp-CodeArtifact-timeline">
        <span className="jp-CodeArtifact-num jp-CodeArtifact-strong">{words}</span>
        <time className="jp-CodeArtifact-dim" dateTime={connection.expiresAt} title={fullDate(ends)}>
          {trans.__('until %1', clockTime(ends, now))}
        </time>
      </div>
      {!props.quiet && renews > now && (
        <p className="jp-CodeArtifact-dim">
          {trans.__('Renews automatically at about %1.', clockTime(renews, now))}
        </p>
      )}
    </div>
  );
}
