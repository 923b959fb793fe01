import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import { evidenceOf } from '../diagnosis/describe-rung';
import { FirstRun, OfferedChoice } from '../settings/first-run';
import type { IAction } from '../ui/button';
import { ActionButtons } from '../ui/button';
import { useUI } from '../ui/context';
import { Icon, VerdictIcon } from '../ui/icon';
import { Section } from '../ui/section';
import { Rich, TargetName } from '../ui/text';
import { ago, clockTime, counted, fullDate, timeLeft } from '../ui/time';
import type { StatusMessage } from './status-message';
import type { IStore } from './store';
import type { ViewState } from './view-state';

/** CodeArtifact's longest token, and the default: 12 h (GetAuthorizationToken, durationSeconds). */
const LONGEST_S = 43200;

const percent = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

/** How long the token is valid, in minutes and as a bar that marks the planned renewal. */
function TimeLeft(props: {
  connection: Connection;
  /** The token's whole life in seconds, when the settings give it. */
  seconds: number | undefined;
  quiet: boolean;
}): React.JSX.Element | null {
  const { trans, now } = useUI();
  const { connection } = props;
  const ends = Date.parse(connection.expiresAt ?? '');
  if (Number.isNaN(ends)) {
    return null;
  }
  const left = Math.max(0, ends - now);
  const whole = Math.max((props.seconds || LONGEST_S) * 1000, left);
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

/** How long "Fixed 12 s ago" is shown. */
const FIXED_MS = 10 * 60 * 1000;

export const RUNNING: readonly ViewState['kind'][] = ['connecting', 'checking', 'disconnecting'];

const connectionOf = (view: ViewState): Connection | null =>
  'connection' in view && view.kind !== 'degraded' ? view.connection : null;

/** A sentence whose numbers keep their width while they count. */
function Counting(props: { text: string }): React.JSX.Element {
  const parts = props.text.split(/(\d+)/);
  return (
    <p className="jp-CodeArtifact-again">
      <span>
        {parts.map((part, index) =>
          index % 2 === 1 ? (
            <span key={index} className="jp-CodeArtifact-num">
              {part}
            </span>
          ) : (
            part
          )
        )}
      </span>
    </p>
  );
}

/** When something happens next, or was repaired; empty when there is nothing to say. */
function useNext(view: ViewState, store: IStore): string {
  const { trans, now } = useUI();
  const seconds = (at: number): number => Math.max(0, Math.ceil((at - now) / 1000));
  if (view.kind === 'broken' && view.verdict === 'throttled') {
    const wait = evidenceOf(view.rung).retryAfterSeconds ?? 0;
    return wait > 0 ? trans.__('Tries again in %1 s', seconds(store.receivedAt + wait * 1000)) : '';
  }
  if (view.kind === 'degraded') {
    const at = view.problem.restartAt;
    return at !== undefined && view.problem.kind === 'engine_stopped'
      ? trans.__('Starts again in %1 s', seconds(at))
      : '';
  }
  if (store.busy?.verb === 'diagnose') {
    return store.nextCheckAt === null ? '' : trans.__('Checking…');
  }
  if (store.nextCheckAt !== null && ['broken', 'failing', 'expired'].includes(view.kind)) {
    return trans.__('Checks again in %1 s', seconds(store.nextCheckAt));
  }
  return store.fixedAt !== null &&
    now - store.fixedAt < FIXED_MS &&
    ['connected', 'ready'].includes(view.kind)
    ? trans.__('Fixed %1', ago(trans, now - store.fixedAt))
    : '';
}

/** The top of the panel: verdict and hop, cause, who can fix it, time left, buttons, the time of the next check. */
export function Status(props: {
  store: IStore;
  view: ViewState;
  message: StatusMessage;
  actions: readonly IAction[];
}): React.JSX.Element {
  const { trans, now } = useUI();
  const { store, view, message } = props;
  const working = RUNNING.includes(view.kind) || view.kind === 'renewing';
  const next = useNext(view, store);
  const connection = connectionOf(view);
  const known = store.document?.connection ?? null;
  const target = {
    domain: known?.domain || store.settings?.domain || '',
    repository: known?.repository || store.settings?.repository || ''
  };
  const named =
    view.kind === 'degraded'
      ? view.problem.kind === 'engine_stopped'
      : !['first-run', 'offered', 'loading'].includes(view.kind);
  const since = 'since' in view && view.kind !== 'disconnecting' ? view.since : null;
  const throttled = view.kind === 'broken' && view.verdict === 'throttled';
  const again = next !== '' && <Counting text={next} />;
  return (
    <div className="jp-CodeArtifact-status" aria-busy={working || undefined}>
      <div className="jp-CodeArtifact-headline">
        <VerdictIcon name={message.icon} large />
        <h3>{message.headline}</h3>
        {since !== null && (
          <span className="jp-CodeArtifact-num" aria-hidden="true">
            {counted(trans, Math.max(100, now - since))}
          </span>
        )}
      </div>
      {named && <TargetName {...target} />}
      {message.sentence && (
        <p className="jp-CodeArtifact-sentence">
          <Rich text={message.sentence} />
        </p>
      )}
      {message.who && (
        <p className="jp-CodeArtifact-who">
          <Icon name="person" />
          <span>{message.who}</span>
        </p>
      )}
      {view.kind === 'first-run' && <FirstRun />}
      {view.kind === 'offered' && <OfferedChoice offer={view.offer} />}
      {connection && view.kind !== 'expired' && (
        <TimeLeft
          connection={connection}
          seconds={store.settings?.durationSeconds}
          quiet={view.kind !== 'connected' && view.kind !== 'warned'}
        />
      )}
      {(throttled || view.kind === 'degraded') && again}
      <ActionButtons actions={props.actions} />
      {!throttled && view.kind !== 'degraded' && again}
      {store.document?.notes?.map(note => (
        <p key={note} className="jp-CodeArtifact-again">
          <span>{note}</span>
        </p>
      ))}
    </div>
  );
}

/** The locations where Node was looked for. */
export function LocationsSection(props: { looked: readonly string[] }): React.JSX.Element {
  const { trans } = useUI();
  const { looked } = props;
  return (
    <Section
      id="looked"
      title={trans.__('Locations checked')}
      open={false}
      flush
      summary={<span>{looked.length}</span>}
    >
      <ul>
        {looked.map(location => (
          <li key={location} className="jp-CodeArtifact-row">
            <Icon name="ring" />
            <div>{location}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
