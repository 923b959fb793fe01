import { packages } from '../../src/engine/packages/packages';
import { prepare } from '../../src/engine/connection/request';
import { repositories } from '../../src/engine/packages/repositories';
import { startEmulator } from '../../testing/emulator/emulator';
import { createRoom, type Room } from '../../testing/harness/engine-harness';
import { makeKernels, writeNetrc, writePipConf } from './homes';
import { listingService } from './listing-service';
import { type Curve, measure, type Point } from './measure';

type Emulator = Awaited<ReturnType<typeof startEmulator>>;

const VERBS = {
  connect: (room: Room, input: Room['input']) => room.session.connect(input, false),
  status: (room: Room, input: Room['input']) => room.session.state(input),
  preview: (room: Room, input: Room['input']) => room.session.preview(input)
};

/** Each verb at each size, in a home of its own that `prepare` fills. */
async function verbs(
  emulator: Emulator,
  of: string,
  sizes: readonly number[],
  fill: (room: Room, size: number) => Partial<Room['input']>
): Promise<Curve[]> {
  const points: Record<string, Point[]> = { connect: [], status: [], preview: [] };
  for (const size of sizes) {
    for (const [verb, call] of Object.entries(VERBS)) {
      const room = createRoom(emulator.env);
      try {
        const input = { ...room.input, ...fill(room, size) };
        points[verb]?.push(await measure(size, () => call(room, input)));
      } finally {
        await room.close();
      }
    }
  }
  return Object.entries(points).map(([what, list]) => ({ what, of, points: list }));
}

async function listings(emulator: Emulator): Promise<Curve[]> {
  const service = await listingService();
  const room = createRoom({ ...emulator.env, AWS_ENDPOINT_URL_CODEARTIFACT: service.url });
  const never = new AbortController().signal;
  const curve = async (
    what: string,
    of: 'packages' | 'repositories',
    sizes: readonly number[],
    call: () => Promise<{ readonly verdict: string }>
  ): Promise<Curve> => {
    const points: Point[] = [];
    for (const size of sizes) {
      service.holds(of, size);
      points.push(await measure(size, call));
    }
    return { what, of, points };
  };
  const prepared = () => prepare(room.deps, room.input);
  const search = (query: string) => () => packages(room.deps, prepared(), { query, packageName: '' }, never);
  const many = [1, 10, 100, 1000, 10_000, 100_000];
  try {
    return [
      await curve('repositories', 'repositories', [1, 10, 100, 1000, 5000], () =>
        repositories(room.deps, prepared(), never)
      ),
      await curve('packages', 'packages', many, search('')),
      await curve('packages, a search', 'packages', many, search('num'))
    ];
  } finally {
    await room.close();
    service.close();
  }
}

export async function grow(): Promise<Curve[]> {
  const emulator = await startEmulator();
  const lines = [10, 100, 1000, 10_000, 20_000, 100_000, 1_000_000];
  try {
    return [
      ...(await verbs(
        emulator,
        'kernelspecs with an environment each',
        [1, 5, 20, 50, 100, 200],
        ({ home }, size) => ({
          kernels: makeKernels(home, size)
        })
      )),
      ...(await verbs(emulator, 'lines of pip.conf', lines, (room, size) => {
        writePipConf(room, size, false);
        return {};
      })),
      ...(await verbs(emulator, 'lines of pip.conf, a section for each four', lines, (room, size) => {
        writePipConf(room, size, true);
        return {};
      })),
      ...(await verbs(emulator, 'entries of netrc', [1, 10, 100, 1000, 10_000, 100_000], (room, size) => {
        writeNetrc(room, size);
        return {};
      })),
      ...(await listings(emulator))
    ];
  } finally {
    await emulator.close();
  }
}
