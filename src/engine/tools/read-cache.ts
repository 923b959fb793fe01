import type { Change } from '../fs/change';
import type { Disk } from '../fs/disk';
import type { Snapshot } from '../fs/snapshot';
import { done, type Outcome } from '../core/failure';
import type { ToolsDeps } from './tools-deps';

/**
 * The same disk, each file of which is read once: planning and looking at what comes of it need the
 * same files, and every look costs four calls. What changes meanwhile is seen before it is replaced.
 */
export function cachedReads(deps: ToolsDeps): ToolsDeps {
  const seen = new Map<string, Promise<Outcome<Snapshot>>>();
  const read: Disk['read'] = path => {
    const known = seen.get(path) ?? deps.disk.read(path);
    seen.set(path, known);
    return known;
  };
  return { ...deps, disk: { ...deps.disk, read } };
}

/** The disk as it will be when the changes are made. */
export function withOverlay(deps: ToolsDeps, changes: readonly Change[]): ToolsDeps {
  const read: Disk['read'] = async path => {
    const change = changes.find(({ snapshot }) => snapshot.path === path);
    if (!change) {
      return deps.disk.read(path);
    }
    const { snapshot, to } = change;
    const { uid, gid } = snapshot.file ?? { uid: -1, gid: -1 };
    return done({ ...snapshot, file: to && { ...to, uid, gid, links: 1, stamp: '' } });
  };
  return { ...deps, disk: { ...deps.disk, read } };
}
