import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import type { ViewState } from './view-state';
import { actionsFor } from '../commands/action-labels';
import { evidenceOf } from '../diagnosis/describe-rung';
import type { StatusMessage } from './status-message';
import { ago, counted } from '../ui/time';
import { ActionButtons } from '../commands/action-buttons';
import { usePanel } from '../ui/panel-context';
import { FirstRun } from '../settings/first-run';
import { HeadlineIcon, Icon } from '../ui/icon';
import { OfferedChoice } from '../settings/offered-choice';
import { Rich, TargetName } from '../ui/text';
import { TimeLeft } from './time-left';

/** How long "Fixed 12 s ago" is worth telling. */
const FIXED_MS = 10 * 60 * 1000;

export const RUNNING: readonly ViewState['kind'][] = ['connecting', 'checking', 'disconnecting'];

const connectionOf = (view: ViewState): Connection | null =>
  'connection' in view && view.kind !== 'degraded' ? view.connection : null;

/** A number in a sentence keeps its width while it counts. */
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

function useNext(view: ViewState): string {
  const { trans, store, now } = usePanel();
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

/** The top of the panel: verdict and hop, cause, who, time left, what to do, when it is looked at again. */
export function Status(props: { view: ViewState; message: StatusMessage }): React.JSX.Element {
  const { trans, store, now } = usePanel();
  const { view, message } = props;
  const working = RUNNING.includes(view.kind) || view.kind === 'renewing';
  const next = useNext(view);
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
        <HeadlineIcon icon={message.icon} />
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
        <TimeLeft connection={connection} quiet={view.kind !== 'connected' && view.kind !== 'warned'} />
      )}
      {(throttled || view.kind === 'degraded') && again}
      <ActionButtons actions={actionsFor(trans, view)} />
      {!throttled && view.kind !== 'degraded' && again}
      {store.document?.notes?.map(note => (
        <p key={note} className="jp-CodeArtifact-again">
          <span>{note}</span>
        </p>
      ))}
    </div>
  );
}
