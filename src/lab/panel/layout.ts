import type { Connection } from '../../protocol/connection';
import type { IStore } from '../connection/store';
import type { ViewState } from '../connection/view-state';
import { viewStateOf } from '../connection/view-state';

/** Which sections a situation shows, and which of them are open unless the user chose otherwise. */
export interface ILayout {
  readonly view: ViewState;
  /** A run is under way, which the path follows. */
  readonly isWorking: boolean;
  /** The connection whose facts are shown; null before connecting. */
  readonly connection: Connection | null;
  /** Null: the section is not shown. */
  readonly path: { readonly open: boolean; readonly explain: boolean } | null;
  readonly fix: { readonly open: boolean };
  readonly repository: { readonly open: boolean } | null;
  readonly files: { readonly open: boolean } | null;
  readonly packages: { readonly open: boolean } | null;
  readonly hasHistory: boolean;
}

const WORKING: readonly ViewState['kind'][] = ['connecting', 'checking', 'disconnecting'];
const BROKEN: readonly ViewState['kind'][] = ['broken', 'failing', 'expired', 'warned'];
const CONNECTED: readonly ViewState['kind'][] = ['connected', 'ending'];
const UNSET: readonly ViewState['kind'][] = ['loading', 'first-run', 'offered'];

export function layoutOf(store: IStore): ILayout {
  const view = viewStateOf(store);
  const { document } = store;
  const isWorking = WORKING.includes(view.kind);
  const isBroken = BROKEN.includes(view.kind);
  const isUnset = UNSET.includes(view.kind);
  const isConnected = CONNECTED.includes(view.kind);
  const isShadowed = view.kind === 'shadowed' || view.kind === 'in-kernel';
  const isRenewal = view.kind === 'failing' || view.kind === 'expired';
  const isUnwritten = view.kind === 'broken' && view.verdict === 'write_failed';
  const isDegraded = view.kind === 'degraded' && view.problem.kind !== 'engine_stopped';
  const known = document?.connection && document.connection.state !== 'failed' ? document.connection : null;
  const connection = view.kind === 'ready' ? null : known;
  const isNamed = !isUnset && !isDegraded;
  const isInvalid = view.kind === 'broken' && view.verdict === 'invalid_settings';
  const hasPackages =
    connection !== null && (isConnected || isShadowed || view.kind === 'warned' || view.kind === 'renewing');
  return {
    view,
    isWorking,
    connection,
    path: isDegraded
      ? null
      : { open: isWorking || (isBroken && !isUnwritten), explain: isBroken && !isRenewal },
    fix: { open: !isRenewal },
    repository:
      isNamed && !isWorking
        ? {
            open: isConnected || isInvalid || (view.kind === 'ready' && Object.keys(store.pins).length > 0)
          }
        : null,
    files:
      isNamed && !isWorking && (!isBroken || (document?.files.length ?? 0) > 0)
        ? { open: isConnected || isShadowed }
        : null,
    packages: hasPackages ? { open: false } : null,
    hasHistory: isNamed && !isWorking
  };
}
