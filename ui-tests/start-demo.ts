import type { Demo } from './demo-server';
import { startPython } from './start-python';

/** Starts the demo in a folder of its own. */
export async function startDemo(
  folder: string,
  args: readonly string[] = []
): Promise<{ demo: Demo; stop: () => Promise<void> }> {
  const { where, stop } = await startPython<Demo>([
    ...['demo/demo.py', '--dir', folder, '--no-browser', '--fresh'],
    ...args
  ]);
  return { demo: where, stop };
}
