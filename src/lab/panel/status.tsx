import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import type { Situation } from '../view/situation';
import { actionsFor } from '../words/actions';
import { evidenceOf } from '../words/evidence-of';
import type { Telling } from '../words/telling';
import { ago, counted } from '../words/time';
import { Actions } from './actions';
import { usePanel } from './context';
import { FirstRun } from './first-run';
import { HeadlineIcon, Icon } from './icon';
import { OfferedChoice } from './offered';
import { Rich, Target } from './text';
import { TimeLeft } from './time-left';

/** How long "Fixed 12 s ago" is worth telling. */
const FIXED_MS = 10 * 60 * 1000;

export const RUNNING: readonly Situation['kind'][] = ['connecting', 'checking', 'disconnecting'];

const connectionOf = (situation: Situation): Connection | null =>
  'connection' in situation && situation.kind !== 'degraded' ? situation.connection : null;

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

function useNext(situation: Situation): string {
  const { trans, facts, now } = usePanel();
  const seconds = (at: number): number => Math.max(0, Math.ceil((at - now) / 1000));
  if (situation.kind === 'broken' && situation.verdict === 'throttled') {
    const wait = evidenceOf(situation.rung).retryAfterSeconds;
    return wait > 0 ? trans.__('Tries again in %1 s', seconds(facts.receivedAt + wait * 1000)) : '';
  }
  if (situation.kind === 'degraded') {
    const at = situation.problem.restartAt;
    return at !== undefined && situation.problem.kind === 'engine_stopped'
      ? trans.__('Starts again in %1 s', seconds(at))
      : '';
  }
  if (facts.busy?.verb === 'diagnose') {
    return facts.nextCheckAt === null ? '' : trans.__('Checking…');
  }
  if (facts.nextCheckAt !== null && ['broken', 'failing', 'expired'].includes(situation.kind)) {
    return trans.__('Checks again in %1 s', seconds(facts.nextCheckAt));
  }
  return facts.fixedAt !== null &&
    now - facts.fixedAt < FIXED_MS &&
    ['connected', 'ready'].includes(situation.kind)
    ? trans.__('Fixed %1', ago(trans, now - facts.fixedAt))
    : '';
}

/** The top of the panel: verdict and hop, cause, who, time left, what to do, when it is looked at again. */
export function Status(props: { situation: Situation; telling: Telling }): React.JSX.Element {
  const { trans, facts, now } = usePanel();
  const { situation, telling } = props;
  const working = RUNNING.includes(situation.kind) || situation.kind === 'renewing';
  const next = useNext(situation);
  const connection = connectionOf(situation);
  const known = facts.document?.connection ?? null;
  const target = {
    domain: known?.domain || facts.settings?.domain || '',
    repository: known?.repository || facts.settings?.repository || ''
  };
  const named =
    situation.kind === 'degraded'
      ? situation.problem.kind === 'engine_stopped'
      : !['first-run', 'offered', 'loading'].includes(situation.kind);
  const since = 'since' in situation && situation.kind !== 'disconnecting' ? situation.since : null;
  const throttled = situation.kind === 'broken' && situation.verdict === 'throttled';
  const again = next !== '' && <Counting text={next} />;
  return (
    <div className="jp-CodeArtifact-status" aria-busy={working || undefined}>
      <div className="jp-CodeArtifact-headline">
        <HeadlineIcon icon={telling.icon} />
        <h3>{telling.headline}</h3>
        {since !== null && (
          <span className="jp-CodeArtifact-num" aria-hidden="true">
            {counted(trans, Math.max(100, now - since))}
          </span>
        )}
      </div>
      {named && <Target {...target} />}
      {telling.sentence && (
        <p className="jp-CodeArtifact-sentence">
          <Rich text={telling.sentence} />
        </p>
      )}
      {telling.who && (
        <p className="jp-CodeArtifact-who">
          <Icon name="person" />
          <span>{telling.who}</span>
        </p>
      )}
      {situation.kind === 'first-run' && <FirstRun />}
      {situation.kind === 'offered' && <OfferedChoice offer={situation.offer} />}
      {connection && situation.kind !== 'expired' && (
        <TimeLeft
          connection={connection}
          quiet={situation.kind !== 'connected' && situation.kind !== 'warned'}
        />
      )}
      {(throttled || situation.kind === 'degraded') && again}
      <Actions actions={actionsFor(trans, situation)} />
      {!throttled && situation.kind !== 'degraded' && again}
      {facts.document?.notes?.map(note => (
        <p key={note} className="jp-CodeArtifact-again">
          <span>{note}</span>
        </p>
      ))}
    </div>
  );
}
