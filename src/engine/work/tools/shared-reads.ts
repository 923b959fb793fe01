import type { Disk } from '../../outside/disk/disk';
import type { Snapshot } from '../../outside/disk/snapshot';
import type { Outcome } from '../../pure/verdicts/failure';
import type { ToolsDeps } from './target';

/** The same disk for one look around: a file that several tools or kernels read is read once. */
export function sharedReads(deps: ToolsDeps): ToolsDeps {
  const seen = new Map<string, Promise<Outcome<Snapshot>>>();
  const read: Disk['read'] = path => {
    const reading = seen.get(path) ?? deps.disk.read(path);
    seen.set(path, reading);
    return reading;
  };
  return { ...deps, disk: { ...deps.disk, read } };
}
