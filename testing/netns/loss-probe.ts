// Runs in the notebook's namespace: our own TCP probe, thousands of times, and what became of each as one line of JSON.
import { createConnect } from '../../src/engine/net/tcp-connect';
import { realClock } from '../fixtures/net/fake-timers-clock';
import { TCP_CAP_MS } from '../../src/engine/diagnosis/limits';

interface Options {
  readonly address: string;
  readonly port: number;
  readonly count: number;
  readonly parallel: number;
}

async function main({ address, port, count, parallel }: Options): Promise<void> {
  const connect = createConnect(realClock);
  const { signal } = new AbortController();
  const took: number[] = [];
  const errors: Record<string, number> = {};
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const target = { host: 'probe', port, addresses: [address], capMs: TCP_CAP_MS };
      const [{ ok, ms, error = '' }] = (await connect(target, signal)).results;
      if (ok) {
        took.push(ms);
      } else {
        errors[error] = (errors[error] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  took.sort((a, b) => a - b);
  const at = (part: number): number => took[Math.min(took.length - 1, Math.floor(part * took.length))] ?? 0;
  process.stdout.write(JSON.stringify({ ok: took.length, errors, p50: at(0.5), p99: at(0.99), most: at(1) }));
}

void main(JSON.parse(process.argv[2]) as Options);
