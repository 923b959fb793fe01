import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import { nodeLabel } from '../../protocol/checks';
import { evidenceOf } from '../diagnosis/describe-rung';
import { NO_ANSWER_MS, nodeOf } from '../diagnosis/path';
import { OfferedChoice } from '../settings/facts';
import { CommandIDs } from '../tokens';
import type { IAction } from '../ui/button';
import { ActionButtons, LinkButton } from '../ui/button';
import { useUI } from '../ui/context';
import { Icon, VerdictIcon } from '../ui/icon';
import { Section } from '../ui/section';
import { Rich, TargetName } from '../ui/text';
import { ago, clockTime, counted, fullDate, span, timeLeft } from '../ui/time';
import type { Trans } from '../ui/trans';
import { said } from '../ui/trans';
import { askedText } from './asked-text';
import { repairOf } from './repair';
import type { StatusMessage } from './status-message';
import type { IStore } from './store';
import type { ViewState } from './view-state';
import { colourOf } from './view-state';

/** CodeArtifact's longest token, and the default: 12 h (GetAuthorizationToken, durationSeconds). */
const LONGEST_S = 43200;

const percent = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

/** How long the token is valid, in minutes and as a bar that marks the planned renewal. */
function TimeLeft(props: {
  connection: Connection;
  /** The token's whole life in seconds, when the settings give it. */
  seconds: number | undefined;
  quiet: boolean;
  /** It is about to end. */
  soon: boolean;
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
        className={failing || props.soon ? 'jp-CodeArtifact-meter jp-mod-soon' : 'jp-CodeArtifact-meter'}
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
      {!props.quiet && !failing && (
        <p className="jp-CodeArtifact-dim">
          {Number.isNaN(renews)
            ? trans.__('Does not renew automatically.')
            : renews > now
              ? trans.__('Renews automatically at about %1.', clockTime(renews, now))
              : trans.__('Renews automatically within the next minutes.')}
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

/** What stands beside a verdict that is being checked again; after a while, what has not answered yet. */
function checkingWords(trans: Trans, { busy, live }: IStore, now: number): string {
  const slow = busy && now - busy.since >= NO_ANSWER_MS;
  const running = slow ? live?.rungs.find(rung => rung.verdict === 'running') : undefined;
  return running
    ? trans.__('Checking… No answer yet from: %1', nodeLabel(trans, nodeOf(running)))
    : trans.__('Checking…');
}

/** How long the answer to a click that changed nothing is shown. */
const DONE_MS = 10_000;

/** The answer to a click after which all is as it was; empty when it shows otherwise, or after a while. */
export function doneWords(trans: Trans, store: IStore, view: ViewState, now: number): string {
  const { done } = store;
  if (!done?.same || now - done.at > DONE_MS) {
    return '';
  }
  switch (done.verb) {
    case 'diagnose':
      return colourOf(view) === 'red'
        ? trans.__('Checked just now: nothing is different yet.')
        : trans.__('Checked just now: everything that was checked is OK.');
    case 'reload':
      return trans.__('Looked just now: nothing is different yet.');
    default:
      return '';
  }
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
  if (store.live !== null || (store.busy?.shown && store.busy.verb === 'diagnose')) {
    return RUNNING.includes(view.kind) || view.kind === 'renewing' ? '' : checkingWords(trans, store, now);
  }
  if (store.nextCheckAt !== null && ['broken', 'failing', 'expired'].includes(view.kind)) {
    return trans.__('Checks again in %1 s', seconds(store.nextCheckAt));
  }
  const repair = repairOf(store);
  return repair && now - repair.at < FIXED_MS && ['connected', 'ready'].includes(view.kind)
    ? trans.__('Fixed %1, after %2', ago(trans, now - repair.at), span(trans, repair.after))
    : '';
}

/** The top of the panel: verdict and hop, cause, who can fix it, time left, buttons, the time of the next check. */
export function Status(props: {
  store: IStore;
  view: ViewState;
  message: StatusMessage;
  actions: readonly IAction[];
}): React.JSX.Element {
  const { trans, now, execute } = useUI();
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
      : !['first-run', 'offered', 'loading', 'checking'].includes(view.kind);
  const since = 'since' in view && view.kind !== 'disconnecting' ? view.since : null;
  const throttled = view.kind === 'broken' && view.verdict === 'throttled';
  const canAsk = props.actions.some(({ command }) => command === CommandIDs.copyRequest);
  const asked = canAsk ? askedText(trans, store, message.fixer, now) : '';
  const words = next || doneWords(trans, store, view, now);
  const again = words !== '' && <Counting text={words} />;
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
      {view.kind === 'offered' && <OfferedChoice offer={view.offer} />}
      {connection && view.kind !== 'expired' && (
        <TimeLeft
          connection={connection}
          seconds={store.settings?.durationSeconds}
          quiet={view.kind !== 'connected' && view.kind !== 'warned'}
          soon={view.kind === 'ending'}
        />
      )}
      {(throttled || view.kind === 'degraded') && again}
      <ActionButtons actions={props.actions} />
      {asked && (
        <p className="jp-CodeArtifact-who jp-CodeArtifact-asked">
          <Icon name="check" />
          <span>
            {asked}{' '}
            <LinkButton
              label={trans.__('Copy it with every alternative')}
              onPress={() => execute(CommandIDs.copyRequest, { whole: true })}
            />
          </span>
        </p>
      )}
      {!throttled && view.kind !== 'degraded' && again}
      {store.document?.notes?.map(note => (
        <p key={note} className="jp-CodeArtifact-again">
          <span>
            <Rich text={said(note, trans)} />
          </span>
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
