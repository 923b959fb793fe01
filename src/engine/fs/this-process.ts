import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** How a process is named in what it leaves on a shared disk, and what another one can tell from that. */
export interface ProcessName {
  readonly name: string;
  /** Whether the process of that name has ended for certain. One on another machine cannot be seen from here. */
  readonly hasEnded: (name: string) => boolean;
}

/**
 * This start of this machine, and the namespace in which its process numbers mean something: containers that share a
 * home have numbers of their own. Null where neither is known (no /proc). proc_sys_kernel(5), pid_namespaces(7)
 */
function machine(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const numbers = readlinkSync('/proc/self/ns/pid');
    return createHash('sha256').update(`${boot} ${numbers}`).digest('hex').slice(0, 12);
  } catch {
    return null;
  }
}

const NAME = /^(\d+)-([0-9a-f]{12})$/;

let known: ProcessName | undefined;

export const thisProcess = (): ProcessName => (known ??= named(machine()));

const named = (here: string | null): ProcessName => ({
  name: `${process.pid}-${here ?? 'unknown'}`,
  hasEnded: name => {
    const [, pid, place] = NAME.exec(name) ?? [];
    return pid !== undefined && place === here && hasEnded(Number(pid));
  }
});

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
