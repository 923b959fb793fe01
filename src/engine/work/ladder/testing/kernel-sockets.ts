import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

/** ESTABLISHED, SYN_SENT and CLOSE_WAIT (include/net/tcp_states.h): somebody still holds it. */
const HELD = ['01', '02', '08'];

/** What has not been closed by then never will be. */
const CLOSING_MS = 2000;

/** How many connections to one of these ports are held at their near end, as Linux counts them (proc(5), /proc/net/tcp). */
function held(ports: readonly number[]): number {
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(path => readFileSync(path, 'utf8').split('\n'));
  return rows.filter(row => {
    const [, , remote = '', state = ''] = row.trim().split(/\s+/);
    return HELD.includes(state) && ports.includes(parseInt(remote.split(':')[1] ?? '', 16));
  }).length;
}

/**
 * Counts from now on. The emulator lives in the same process, so handles do not tell whose they are; a connection's near end
 * does. The function it returns answers how many more are held once closing is done.
 */
export function watchSockets(urls: readonly string[]): () => Promise<number> {
  const ports = urls.map(url => Number(new URL(url).port));
  const before = held(ports);
  return async () => {
    const end = performance.now() + CLOSING_MS;
    while (held(ports) > before && performance.now() < end) {
      await turn();
    }
    return held(ports) - before;
  };
}
