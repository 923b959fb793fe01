import { setImmediate as turn } from 'node:timers/promises';
import { sleepers } from './clock';

/** What keeps a process alive: sockets and look-ups. Timers are counted at the clock, for jest has its own. */
const OURS = /^(TCPSocketWrap|TCPConnectWrap|TLSWrap|GetAddrInfoReqWrap|QueryWrap|HTTPINCOMINGMESSAGE)$/;

const count = () =>
  process
    .getActiveResourcesInfo()
    .filter(name => OURS.test(name))
    .concat(Array<string>(sleepers()).fill('sleep'))
    .sort();

/** Notes what is open now; the function it returns says what is open beyond that, once closing is done. */
export function watchLeaks(): () => Promise<string[]> {
  const before = count();
  return async () => {
    let extra: string[] = [];
    // Closing takes a few turns of the event loop; no clock is waited for.
    for (let i = 0; i < 50; i++) {
      await turn();
      const left = [...before];
      extra = count().filter(name => {
        const at = left.indexOf(name);
        return at < 0 || (left.splice(at, 1), false);
      });
      if (extra.length === 0) {
        break;
      }
    }
    return extra;
  };
}
