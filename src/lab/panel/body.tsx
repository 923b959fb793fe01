import * as React from 'react';
import { isRunning, nodeOf, pathOf, emphasisedOf } from '../diagnosis/path';
import type { ViewState } from '../connection/view-state';
import { viewStateOf } from '../connection/view-state';
import { nodeLabel } from '../../protocol/checks';
import type { StatusMessage } from '../connection/status-message';
import { NO_ANSWER_MS, statusMessage } from '../connection/status-message';
import { plain } from '../ui/trans';
import type { PanelContext } from '../ui/panel-context';
import { usePanel } from '../ui/panel-context';
import { FilesSection } from '../tools/files-section';
import { FixSection } from '../diagnosis/fix-section';
import { HistorySection } from '../connection/history-section';
import { LocationsSection } from '../connection/locations-section';
import { PackagesSection } from '../packages/packages-section';
import { PathSection } from '../diagnosis/path-section';
import { RepositorySection } from '../settings/repository-section';
import { RUNNING, Status } from '../connection/status-section';

/** What is asked for now and then comes when it is: the panel's first sight does not wait for it. */
const PreviewSection = React.lazy(() => import('../tools/preview-section'));

const BROKEN: readonly ViewState['kind'][] = ['broken', 'failing', 'expired', 'warned'];
const UNNAMED: readonly ViewState['kind'][] = ['loading', 'first-run', 'offered'];

/**
 * What is spoken, once per change: the words hold no figure that counts. The region is always there, for
 * screen readers announce what changes in it, not what appears with it.
 */
function spokenWords(panel: PanelContext, view: ViewState, message: StatusMessage): string {
  const { trans, store, now, said } = panel;
  if (said) {
    return said;
  }
  const running = store.document?.rungs.find(rung => rung.verdict === 'running');
  return 'since' in view && running && now - view.since >= NO_ANSWER_MS
    ? trans.__('No answer yet from: %1.', nodeLabel(trans, nodeOf(running)))
    : plain(message.spoken);
}

/** Everything below the header, in one column that scrolls as one. */
export function Body(): React.JSX.Element {
  const panel = usePanel();
  const { trans, store, now, actions } = panel;
  const view = viewStateOf(store);
  const message = statusMessage(trans, view, store, now);
  const { document } = store;
  const working = RUNNING.includes(view.kind);
  const emphasised = working ? null : emphasisedOf(document);
  const rungs =
    view.kind === 'degraded'
      ? []
      : ((UNNAMED.includes(view.kind) ? store.listing?.rungs : undefined) ?? document?.rungs ?? []);
  const path = pathOf(rungs, emphasised);
  const known = document?.connection && document.connection.state !== 'failed' ? document.connection : null;
  const connection = view.kind === 'ready' ? null : known;
  const broken = BROKEN.includes(view.kind);
  const calm = view.kind === 'connected';
  const shadowed = view.kind === 'shadowed' || view.kind === 'in-kernel';
  const unwritten = view.kind === 'broken' && view.verdict === 'write_failed';
  const renewal = view.kind === 'failing' || view.kind === 'expired';
  const since = 'since' in view ? view.since : store.receivedAt;
  const dead = view.kind === 'degraded' && view.problem.kind !== 'engine_stopped';
  const named = !UNNAMED.includes(view.kind) && !dead;
  return (
    <div
      className="jp-CodeArtifact-body"
      onKeyDown={event => {
        if (event.key === 'Escape' && (working || view.kind === 'renewing')) {
          event.stopPropagation();
          actions.act('cancel');
        }
      }}
    >
      <Status view={view} message={message} />
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
      {message.fix && <FixSection fix={message.fix} open={!renewal} />}
      {view.kind === 'degraded' && view.problem.looked && <LocationsSection looked={view.problem.looked} />}
      {named && !broken && !working && (
        <RepositorySection
          connection={connection}
          open={calm || (view.kind === 'ready' && Object.keys(store.pins).length > 0)}
        />
      )}
      {named && !working && (!broken || (document?.files.length ?? 0) > 0) && (
        <FilesSection files={document?.files ?? []} open={calm || shadowed} connected={connection !== null} />
      )}
      {connection && (calm || view.kind === 'warned' || view.kind === 'renewing' || shadowed) && (
        <PackagesSection repository={connection.repository} domain={connection.domain} />
      )}
      {named && !working && <HistorySection />}
      <div className="jp-CodeArtifact-unseen" role="status">
        {spokenWords(panel, view, message)}
      </div>
    </div>
  );
}
