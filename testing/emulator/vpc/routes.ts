import { createFront } from './front';
import type { ServicePort } from './network';
import { openPort, type Port } from './port';

/** Where a packet goes that nothing in the VPC takes: a port that drops every connect. */
export async function openNowhere(): Promise<Port> {
  const port = await openPort('127.0.0.1', 0, () =>
    createFront({ handler: () => ({ answer: 'never', at: 0 }) })
  );
  await port.setMode('hole');
  return port;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const METADATA = '169.254.169.254:80';

/** Each address of the VPC with its port, and the loopback port that stands for it. */
export function routesOf(
  services: readonly ServicePort[],
  metadata: string,
  nowhere: Port
): Record<string, string> {
  const loopback = ({ host, port }: Port): string => `${host}:${port}`;
  return {
    ...Object.fromEntries(
      services.flatMap(({ opened }) =>
        opened.map(({ address, port }) => [`${address}:443`, loopback(port)] as const)
      )
    ),
    [METADATA]: metadata,
    '*': loopback(nowhere)
  };
}
