import * as React from 'react';
import { isRunning, nodeOf, pathOf, loudOf } from '../view/path';
import type { Situation } from '../view/situation';
import { situationOf } from '../view/situation';
import { nodeLabel } from '../words/node';
import type { Telling } from '../words/telling';
import { NO_ANSWER_MS, tell } from '../words/telling';
import { plain } from '../words/trans';
import type { PanelContext } from './context';
import { usePanel } from './context';
import { FilesSection } from './files-section';
import { FixSection } from './fix-section';
import { HistorySection } from './history-section';
import { LookedSection } from './looked-section';
import { PackagesSection } from './packages-section';
import { PathSection } from './path-section';
import { RepositorySection } from './repository-section';
import { RUNNING, Status } from './status';

/** What is asked for now and then comes when it is: the panel's first sight does not wait for it. */
const PreviewSection = React.lazy(() => import('./preview-section'));

const BROKEN: readonly Situation['kind'][] = ['broken', 'failing', 'expired', 'warned'];
const UNNAMED: readonly Situation['kind'][] = ['loading', 'first-run', 'offered'];

/**
 * What is spoken, once per change: the words hold no figure that counts. The region is always there, for
 * screen readers announce what changes in it, not what appears with it.
 */
function spokenWords(panel: PanelContext, situation: Situation, telling: Telling): string {
  const { trans, facts, now, said } = panel;
  if (said) {
    return said;
  }
  const running = facts.document?.rungs.find(rung => rung.verdict === 'running');
  return 'since' in situation && running && now - situation.since >= NO_ANSWER_MS
    ? trans.__('No answer yet from: %1.', nodeLabel(trans, nodeOf(running)))
    : plain(telling.spoken);
}

/** Everything below the header, in one column that scrolls as one. */
export function Body(): React.JSX.Element {
  const panel = usePanel();
  const { trans, facts, now, deeds } = panel;
  const situation = situationOf(facts);
  const telling = tell(trans, situation, facts, now);
  const { document } = facts;
  const working = RUNNING.includes(situation.kind);
  const loud = working ? null : loudOf(document);
  const rungs =
    situation.kind === 'degraded'
      ? []
      : ((UNNAMED.includes(situation.kind) ? facts.listing?.rungs : undefined) ?? document?.rungs ?? []);
  const path = pathOf(rungs, loud);
  const known = document?.connection && document.connection.state !== 'failed' ? document.connection : null;
  const connection = situation.kind === 'ready' ? null : known;
  const broken = BROKEN.includes(situation.kind);
  const calm = situation.kind === 'connected';
  const shadowed = situation.kind === 'shadowed' || situation.kind === 'in-kernel';
  const unwritten = situation.kind === 'broken' && situation.verdict === 'write_failed';
  const renewal = situation.kind === 'failing' || situation.kind === 'expired';
  const since = 'since' in situation ? situation.since : facts.receivedAt;
  const dead = situation.kind === 'degraded' && situation.problem.kind !== 'engine_stopped';
  const named = !UNNAMED.includes(situation.kind) && !dead;
  return (
    <div
      className="jp-CodeArtifact-body"
      onKeyDown={event => {
        if (event.key === 'Escape' && (working || situation.kind === 'renewing')) {
          event.stopPropagation();
          deeds.act('cancel');
        }
      }}
    >
      <Status situation={situation} telling={telling} />
      {panel.preview && (
        <React.Suspense fallback={null}>
          <PreviewSection preview={panel.preview} />
        </React.Suspense>
      )}
      {!dead && (
        <PathSection
          path={path}
          working={working || isRunning(document)}
          elapsed={working ? now - since : 0}
          open={working || (broken && !unwritten)}
          explain={broken && !renewal}
        />
      )}
      {telling.fix && <FixSection fix={telling.fix} open={!renewal} />}
      {situation.kind === 'degraded' && situation.problem.looked && (
        <LookedSection looked={situation.problem.looked} />
      )}
      {named && !broken && !working && (
        <RepositorySection
          connection={connection}
          open={calm || (situation.kind === 'ready' && Object.keys(facts.pins).length > 0)}
        />
      )}
      {named && !working && (!broken || (document?.files.length ?? 0) > 0) && (
        <FilesSection files={document?.files ?? []} open={calm || shadowed} connected={connection !== null} />
      )}
      {connection && (calm || situation.kind === 'warned' || situation.kind === 'renewing' || shadowed) && (
        <PackagesSection repository={connection.repository} domain={connection.domain} />
      )}
      {named && !working && <HistorySection />}
      <div className="jp-CodeArtifact-unseen" role="status">
        {spokenWords(panel, situation, telling)}
      </div>
    </div>
  );
}
