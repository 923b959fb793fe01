import type { FileHandle } from 'node:fs/promises';
import { type Calls, realCalls } from '../../src/engine/fs/fs-calls';

/** What happens at one file-system call: `run` does the call; `half` writes half of it first. */
export type Trip = (call: {
  readonly number: number;
  readonly name: string;
  readonly run: () => Promise<unknown>;
  readonly half: () => Promise<unknown>;
}) => Promise<unknown>;

/** The real file-system calls, each of them counted and handed to `trip`, those of open files too. */
export function tripwire(trip: Trip): Calls {
  let number = 0;
  const wrap =
    (
      name: string,
      call: (...args: never[]) => Promise<unknown>,
      half: (...args: never[]) => Promise<unknown>
    ) =>
    async (...args: never[]) => {
      const result = await trip({
        number: ++number,
        name,
        run: () => call(...args),
        half: () => half(...args)
      });
      return name === 'open' ? handle(result as FileHandle) : result;
    };
  const nothing = async () => undefined;
  const handle = (real: FileHandle): FileHandle =>
    new Proxy(real, {
      get: (target, key) => {
        const value = target[key as keyof FileHandle] as unknown;
        if (typeof value !== 'function') {
          return value;
        }
        const call = value.bind(target) as (...args: never[]) => Promise<unknown>;
        const half =
          key === 'writeFile'
            ? (bytes: Uint8Array) => call(bytes.subarray(0, bytes.length >> 1) as never)
            : nothing;
        // Closing must really happen, or the test would run out of handles.
        return key === 'close' ? call : wrap(String(key), call, half);
      }
    });
  return Object.fromEntries(
    Object.entries(realCalls)
      .filter(([, call]) => typeof call === 'function')
      .map(([name, call]) => [name, wrap(name, call as never, nothing)])
  ) as unknown as Calls;
}
