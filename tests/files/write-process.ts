import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { createDisk } from '../../src/engine/fs/disk';
import type { Runtime } from '../../src/engine/runtime/runtime';
import { SCENES } from './write-scenarios';
import { tripwire } from './fault-injection';

// A process that writes, and kills itself at one file-system call: no handler, no clean-up, as the
// out-of-memory killer or a stopped instance would. Arguments: home, data folder, scene, call, moment.
const [home, dataDir, scene, at, moment] = process.argv.slice(2);

const runtime: Runtime = {
  clock: {
    now: () => Date.now(),
    ticks: () => performance.now(),
    sleep: (ms, signal) => setTimeoutPromise(ms, undefined, { signal })
  },
  env: { HOME: home },
  home,
  random: () => 0.5,
  platform: 'linux',
  log: () => undefined
};

const calls = tripwire(async ({ number, run, half }) => {
  if (number === Number(at)) {
    // A call may fail (a file that is not there yet): it has been made all the same.
    await (moment === 'half' ? half() : moment === 'after' ? run() : Promise.resolve()).catch(
      () => undefined
    );
    process.kill(process.pid, 'SIGKILL');
  }
  return run();
});

void SCENES.find(s => s.name === scene)!
  .act({ runtime, disk: createDisk(runtime, calls), dataDir })
  .then(outcome => process.stdout.write(JSON.stringify(outcome.ok)));
