// STS and S3 in the VPC: by the endpoints that somebody made for them, or by a NAT gateway.
import { serveS3 } from '../services/s3';
import { serveSts } from '../services/sts';
import { serviceTime, type State } from '../world/state';
import { createFront, type Tls } from './front';
import { endpointFor, modeOfOther, type OtherService } from './other-endpoints';
import { openPort, type Port } from './port';

const serve = { sts: serveSts, s3: serveS3 };

export interface OtherServices {
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Where STS's endpoint and the public S3 are to listen. */
export type OtherAddresses = Readonly<Record<OtherService, readonly string[]>>;

/** On port 443 of each address. */
export async function openOtherServices(
  state: State,
  addresses: OtherAddresses,
  tls: () => Tls | undefined
): Promise<OtherServices> {
  const opened: { service: OtherService; port: Port }[] = [];
  for (const service of ['sts', 's3'] as const) {
    const front = (): ReturnType<typeof createFront> =>
      createFront({
        tls,
        handler(call) {
          const at = serviceTime(state);
          const { answer, operation } = serve[service](
            state,
            endpointFor(state.world, service) ?? null,
            call
          );
          const { method, path } = call;
          const { status } = answer;
          state.log.add({ at: new Date(at).toISOString(), port: service, method, path, status, operation });
          return { answer, at };
        }
      });
    for (const address of addresses[service])
      opened.push({ service, port: await openPort(address, 443, front) });
  }
  return {
    settle: async () =>
      void (await Promise.all(
        opened.map(({ service, port }) => port.setMode(modeOfOther(state.world, service)))
      )),
    close: async () => void (await Promise.all(opened.map(({ port }) => port.close())))
  };
}
