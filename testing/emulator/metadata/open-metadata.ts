import { randomBytes } from 'node:crypto';
import type { Answer } from '../http/answer';
import type { Call } from '../http/call';
import { createFront } from '../vpc/front';
import { openPort, type Port } from '../vpc/port';
import type { State } from '../world/state';
import { containerPath, serveContainer } from './container';
import { createInstanceMetadata } from './instance';

export interface Metadata {
  instanceUrl: string;
  containerUrl: string;
  /** What a client sends to the container endpoint as `Authorization`. */
  containerToken: string;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Instance metadata and the container endpoint, each on a loopback port of its own. */
export async function openMetadata(
  state: State,
  instanceNumber: number,
  containerNumber: number
): Promise<Metadata> {
  const containerToken = randomBytes(24).toString('hex');
  const instanceMetadata = createInstanceMetadata();
  const open = (
    number: number,
    name: 'instance' | 'container',
    serve: (call: Call) => Answer | 'never'
  ): Promise<Port> =>
    openPort('127.0.0.1', number, () =>
      createFront({
        handler(call) {
          const answer = serve(call);
          const at = state.clock();
          const status = answer === 'never' ? 0 : answer.status;
          const { method, path } = call;
          state.log.add({
            at: new Date(at).toISOString(),
            port: name,
            method,
            path,
            status,
            operation: 'credentials'
          });
          return { answer, at };
        }
      })
    );
  const instance = await open(instanceNumber, 'instance', call => instanceMetadata(state, call));
  const container = await open(containerNumber, 'container', call =>
    serveContainer(state, call, containerToken)
  );
  return {
    instanceUrl: `http://127.0.0.1:${instance.port}`,
    containerUrl: `http://127.0.0.1:${container.port}${containerPath}`,
    containerToken,
    async settle() {
      const { metadata } = state.world;
      await Promise.all([
        instance.setMode(metadata.instance === 'refused' ? 'refused' : 'open'),
        container.setMode(metadata.container === 'refused' ? 'refused' : 'open')
      ]);
    },
    close: async () => void (await Promise.all([instance.close(), container.close()]))
  };
}
