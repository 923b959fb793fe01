import type { Clock } from '../../src/engine/runtime/runtime';
import type { Chance } from '../files/random-file';
import type { ProcessName } from '../../src/engine/fs/this-process';
import { MemoryFiles } from './memory-files';

/** Something that waits for its turn: a file-system call, or the end of a sleep. */
interface Waiting {
  readonly process: Process;
  readonly call: string;
  /** Not before this moment, in milliseconds. */
  readonly due: number;
  readonly go: () => void;
}

/** One simulated process. */
export interface Process {
  readonly name: string;
  readonly number: number;
  killed: boolean;
  /** It stands still until then, as under SIGSTOP or in a sleeping machine. */
  frozenUntil: number;
  /** How far its wall clock is ahead: several machines may share a home. */
  aheadMs: number;
}

/** Whether it was killed, or stood still. */
export const wasDisturbed = ({ killed, frozenUntil }: Process): boolean => killed || frozenUntil > 0;

const due = ({ due: earliest, process }: Waiting): number => Math.max(earliest, process.frozenUntil);

// What a call takes; a schedule of some hundred calls then takes as long as on a slow disk.
const CALL_MS = 0.1;

const SLOW_SHARE = 0.05;
const SLOWEST_MS = 25;

/**
 * Runs many processes on one file system in memory and decides, call by call, who goes next: every run of one seed is
 * the same. Time is virtual: it passes with the calls, and jumps where everybody sleeps.
 */
export class Interleaver {
  now = 1_800_000_000_000;
  readonly files = new MemoryFiles(() => this.now);
  /** What was done, for reading a failure. */
  readonly trace: string[] = [];
  private waiting: Waiting[] = [];
  private readonly processes: Process[] = [];

  constructor(private readonly chance: Chance) {}

  start(name: string, aheadMs = 0): Process {
    const process = { name, number: this.processes.length, killed: false, frozenUntil: 0, aheadMs };
    this.processes.push(process);
    return process;
  }

  /** What others can see of a process: those on machines with other clocks, nothing. */
  nameOf(process: Process): ProcessName {
    return {
      name: String(process.number),
      hasEnded: name => {
        const other = this.processes[Number(name)];
        return other.killed && other.aheadMs === process.aheadMs;
      }
    };
  }

  /** @param quick none of its calls is slow, as in a program that does little between two of them */
  callsOf(process: Process, quick = false) {
    return this.files.calls(
      call =>
        new Promise(resolve => {
          const go = () => {
            this.trace.push(`${process.name} ${call}`);
            resolve();
          };
          this.waiting.push({ process, call, due: this.now + (quick ? 0 : this.latency()), go });
        })
    );
  }

  clockOf(process: Process): Clock {
    return {
      now: () => this.now + process.aheadMs,
      ticks: () => this.now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) {
            reject(signal.reason as Error);
            return;
          }
          const stop = () => {
            this.waiting = this.waiting.filter(other => other !== one);
            reject(signal?.reason as Error);
          };
          const go = () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          };
          const one: Waiting = { process, call: 'sleep', due: this.now + ms, go };
          this.waiting.push(one);
          signal?.addEventListener('abort', stop);
        })
    };
  }

  /** Lets everybody go on until all of `ends` have come to their end, or their process was killed. */
  async run(ends: ReadonlyMap<Process, Promise<unknown>>, { kills = 0, freezes = 0 } = {}): Promise<void> {
    const left = new Set(ends.keys());
    for (const [process, end] of ends) {
      end.then(
        () => left.delete(process),
        () => left.delete(process)
      );
    }
    for (;;) {
      // Whatever follows from the last call without another call has happened when this comes: Node.js runs what
      // waits for a promise first. https://nodejs.org/en/learn/asynchronous-work/understanding-processnexttick
      await new Promise<void>(resolve => process.nextTick(resolve));
      if (kills + freezes > 0 && left.size > 0) {
        this.disturb([...left], kills, freezes);
        left.forEach(process => process.killed && left.delete(process));
        this.waiting = this.waiting.filter(one => !one.process.killed);
      }
      if (left.size === 0) {
        return;
      }
      let ready = this.ready();
      if (ready.length === 0) {
        if (this.waiting.length === 0) {
          throw new Error(`everybody waits for ever:\n${this.trace.slice(-40).join('\n')}`);
        }
        this.now = Math.min(...this.waiting.map(due));
        ready = this.ready();
      }
      const next = this.chance.pick(ready);
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.now += CALL_MS;
      next.go();
    }
  }

  private ready(): Waiting[] {
    return this.waiting.filter(one => due(one) <= this.now);
  }

  /** Most calls are quick; some take as long as a whole transaction of another process. */
  private latency(): number {
    return this.chance.often(SLOW_SHARE) ? this.chance.below(SLOWEST_MS) : 0;
  }

  private disturb(processes: readonly Process[], kills: number, freezes: number): void {
    if (kills > 0 && this.chance.often(kills)) {
      const victim = this.chance.pick(processes);
      victim.killed = true;
      this.trace.push(`${victim.name} killed`);
    }
    if (freezes > 0 && this.chance.often(freezes)) {
      const frozen = this.chance.pick(processes);
      // What no program can see: that it stood still between its last look and the removal of a file.
      if (this.waiting.some(one => one.process === frozen && one.call === 'unlink')) {
        return;
      }
      frozen.frozenUntil = this.now + this.chance.pick([50, 2000, 7000, 20_000]);
      this.trace.push(`${frozen.name} stands still`);
    }
  }
}
