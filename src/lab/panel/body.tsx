import * as React from 'react';
import { actionsFor } from '../commands/actions';
import { HistorySection } from '../connection/history-section';
import type { IHistoryEntry } from '../connection/history';
import type { StatusMessage } from '../connection/status-message';
import { statusMessage } from '../connection/status-message';
import { doneWords, LocationsSection, Status } from '../connection/status-section';
import type { IStore } from '../connection/store';
import { nodeLabel } from '../../protocol/checks';
import { NO_ANSWER_MS, nodeOf, pathOf } from '../diagnosis/path';
import { emphasisedOf } from '../diagnosis/root-cause';
import { PathSection } from '../diagnosis/path-section';
import type { IInstallState, InstallTest } from '../packages/install-test';
import type { IPackageSearch, PackageSearcher } from '../packages/package-search';
import { PackagesSection } from '../packages/packages-section';
import type { Choice } from '../settings/choice';
import { RepositorySection } from '../settings/repository-section';
import { SettingsProvider } from '../settings/settings-context';
import { CommandIDs } from '../tokens';
import { FilesSection } from '../tools/files-section';
import type { IPreview, Previewer } from '../tools/preview';
import { IconButton } from '../ui/button';
import { useUI } from '../ui/context';
import { useKeptFocus } from '../ui/hooks';
import { latePart } from '../ui/late-part';
import { plain } from '../ui/trans';
import type { ILayout } from './layout';
import { layoutOf } from './layout';

/** What is opened on demand is loaded on demand. */
const FixSection = latePart(async () => (await import('../diagnosis/fix-section')).FixSection);
const FirstRun = latePart(async () => (await import('../settings/first-run')).FirstRun);
const PreviewSection = React.lazy(() => import('../tools/preview-section'));
const InstallForm = React.lazy(() => import('../packages/install-form'));

/**
 * The panel's own title and its three buttons, which stay while the column scrolls. They are in one row with the
 * title, where SidePanel's toolbar would be a second row.
 */
export function Header(props: { openMenu: (anchor: HTMLElement) => void }): React.JSX.Element {
  const { trans, execute } = useUI();
  return (
    <div className="jp-CodeArtifact-header">
      <h2>{trans.__('CodeArtifact')}</h2>
      <div role="toolbar" aria-label={trans.__('CodeArtifact')}>
        <IconButton
          icon="refresh"
          label={trans.__('Check now')}
          onPress={() => execute(CommandIDs.diagnose)}
        />
        <IconButton
          icon="settings"
          label={trans.__('Settings')}
          onPress={() => execute(CommandIDs.openSettings)}
        />
        <IconButton icon="more" menu label={trans.__('More actions')} onPress={props.openMenu} />
      </div>
    </div>
  );
}

/** The data of the body, and what its sections call. */
export interface IBodyProps {
  readonly store: IStore;
  readonly packages: IPackageSearch;
  readonly history: readonly IHistoryEntry[];
  /** Null while it is closed, like the test. */
  readonly preview: IPreview | null;
  readonly test: IInstallState | null;
  /** Whether the ways to choose another repository are shown. */
  readonly choosing: boolean;
  /** A short message for screen readers, such as "Copied"; empty most of the time. */
  readonly announcement: string;
  readonly services: {
    readonly packages: Pick<PackageSearcher, 'search' | 'toggle'>;
    readonly preview: Pick<Previewer, 'close'>;
    readonly test: Pick<InstallTest, 'start' | 'cancel' | 'close'>;
    readonly choice: Pick<Choice, 'close'>;
    /** Saves one setting. */
    readonly save: (key: string, value: string) => void;
  };
}

/**
 * What screen readers announce, once per change: it holds no number that counts. The live region is always rendered,
 * because screen readers announce changes in it, not its appearance. After a short message it stays empty until there
 * is something new: the same sentence again would be announced again.
 */
function useAnnouncement(props: IBodyProps, layout: ILayout, message: StatusMessage): string {
  const { trans, now } = useUI();
  const { store } = props;
  const { view } = layout;
  const told = React.useRef({ situation: '', interrupted: false });
  const slow = store.busy && now - store.busy.since >= NO_ANSWER_MS;
  const running = slow ? store.live?.rungs.find(rung => rung.verdict === 'running') : undefined;
  const short =
    props.announcement ||
    (running && 'since' in view
      ? trans.__('No answer yet from: %1.', nodeLabel(trans, nodeOf(running)))
      : doneWords(trans, store, view, now));
  if (short) {
    told.current.interrupted = true;
    return short;
  }
  const situation = plain(message.spoken);
  if (situation !== told.current.situation) {
    told.current = { situation, interrupted: false };
  }
  return told.current.interrupted ? '' : situation;
}

/** Everything below the header, in one column that scrolls as one. */
export function Body(props: IBodyProps): React.JSX.Element {
  const { trans, now, execute } = useUI();
  const { store, services, test } = props;
  const { document, settings, pins, listing } = store;
  const layout = layoutOf(store);
  const { view, isWorking, connection } = layout;
  const message = statusMessage(trans, view, store, now);
  const announcement = useAnnouncement(props, layout, message);
  const shown = isWorking ? store.live : document;
  const since = 'since' in view ? view.since : store.receivedAt;
  const { body, onFocus } = useKeptFocus('.jp-CodeArtifact-status');
  const isConnected = connection !== null;
  const upstream = listing?.repositories.find(
    item => item.name === connection?.repository && item.domain === connection.domain
  )?.upstreams[0];
  return (
    <SettingsProvider value={{ settings, pins, listing, save: services.save }}>
      <div
        className="jp-CodeArtifact-body"
        ref={body}
        onFocus={onFocus}
        onKeyDown={event => {
          if (event.key === 'Escape' && (isWorking || view.kind === 'renewing')) {
            event.stopPropagation();
            execute(CommandIDs.cancel);
          }
        }}
      >
        <Status store={store} view={view} message={message} actions={actionsFor(trans, view)} />
        {props.preview && (
          <React.Suspense fallback={null}>
            <PreviewSection preview={props.preview} onClose={() => services.preview.close()} />
          </React.Suspense>
        )}
        {layout.path && (
          <PathSection
            document={shown}
            path={pathOf(shown?.rungs ?? [], isWorking ? null : emphasisedOf(document))}
            working={isWorking}
            unused={view.kind === 'shadowed' || view.kind === 'in-kernel'}
            elapsed={isWorking ? now - since : 0}
            {...layout.path}
          />
        )}
        {view.kind === 'first-run' && <FirstRun />}
        {message.fix && <FixSection fix={message.fix} open={layout.fix.open} />}
        {view.kind === 'degraded' && view.problem.looked && <LocationsSection looked={view.problem.looked} />}
        {layout.repository && (
          <RepositorySection
            connection={connection}
            rungs={document?.rungs ?? []}
            open={layout.repository.open}
            choosing={props.choosing}
            onClose={() => services.choice.close()}
          />
        )}
        {layout.files && (
          <FilesSection
            files={document?.files ?? []}
            tools={settings?.tools ?? ['pip']}
            pinned={pins.tools !== undefined}
            kernels={(isConnected && document?.kernels) || []}
            shadows={isConnected ? store.shadows : []}
            open={layout.files.open}
            connected={isConnected}
            form={
              test &&
              isConnected && (
                <React.Suspense fallback={null}>
                  <InstallForm
                    state={test}
                    test={services.test}
                    suggestion={props.packages.result?.packages[0]?.name}
                    index={connection.indexUrl ?? ''}
                  />
                </React.Suspense>
              )
            }
          />
        )}
        {layout.packages && connection && (
          <PackagesSection
            repository={connection.repository}
            upstream={upstream ?? ''}
            search={props.packages}
            searcher={services.packages}
          />
        )}
        {layout.hasHistory && <HistorySection history={props.history} />}
        <div className="jp-CodeArtifact-unseen" role="status">
          {announcement}
        </div>
      </div>
    </SettingsProvider>
  );
}
