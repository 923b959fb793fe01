import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Document } from '../../src/protocol/document';
import type { Repositories } from '../../src/protocol/listing';
import type { CheckId } from '../../src/protocol/rung';
import type { SettingsInput } from '../../src/protocol/request';
import { prepare } from '../../src/engine/connection/request';
import { packages } from '../../src/engine/packages/packages';
import { repositories } from '../../src/engine/packages/repositories';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { createRoom, type Room } from '../harness/engine-harness';

/** The emulated AWS with its own names and addresses, and the engine of a notebook in it. */
export interface Stage {
  readonly emulator: Emulator;
  /** A home in which nothing was done yet. */
  enter(settings?: object, env?: Readonly<Record<string, string>>): Notebook;
  close(): Promise<void>;
}

export interface Notebook {
  readonly room: Room;
  connect(): Promise<Document>;
  diagnose(): Promise<Document>;
  state(): Promise<Document>;
  preview(): Promise<Document>;
  listing(): Promise<Repositories>;
  packages(query: string, packageName?: string): Promise<unknown>;
  /** Takes the newest wheel of a package through the connection, as pip does. */
  install(name: string): Promise<void>;
  /** The first document under way that shows a running rung with that text; the verb is cancelled then. */
  during(verb: 'connect' | 'diagnose' | 'refresh', rung: CheckId, summary: string): Promise<Document>;
  /** Files and kernels of this home. */
  write(path: string, text: string): void;
  withKernels(kernels: SettingsInput['kernels']): Notebook;
}

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'scenes-'));
  const emulator = await startEmulator({
    translate: true,
    awsNames: true,
    tls: 'generate',
    dns: {},
    credentials: 'instance',
    apiName: 'codeartifact.us-east-1.amazonaws.com',
    apiAddresses: ['10.0.1.10', '10.0.2.10', '10.0.3.10'],
    indexAddresses: ['10.0.1.20', '10.0.2.20', '10.0.3.20']
  });
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, emulator.caPem ?? '');
  // The demo's own way to AWS's names: demo/README.md. It holds for this process from here on.
  const network = join(folder, 'network.json');
  writeFileSync(
    network,
    JSON.stringify({
      resolver: emulator.dns,
      routes: emulator.routes,
      silent: '198.51.100.1',
      aws: ['.amazonaws.com', '.api.aws', '.on.aws']
    })
  );
  process.env.CODEARTIFACT_DEMO_NETWORK = network;
  createRequire(resolve('package.json'))(resolve('demo/network/preload.cjs'));
  const rooms: Room[] = [];
  return {
    emulator,
    enter(settings = {}, env = {}) {
      const room = createRoom(
        { ...emulator.env, AWS_CA_BUNDLE: ca, PIP_CERT: ca, ...env },
        {
          settings,
          readText: path => readFile(path, 'utf8').catch(() => null)
        }
      );
      rooms.push(room);
      return notebookIn(room, room.input, emulator.caPem ?? '');
    },
    async close() {
      await Promise.all(rooms.map(each => each.close()));
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** A page or file of the index, with the token of the home's netrc. */
function read(url: string, room: Room, ca: string): Promise<string> {
  const password = /password (\S+)/.exec(readFileSync(join(room.home, '.netrc'), 'utf8'))?.[1];
  return new Promise((done, fail) => {
    get(url, { ca, auth: `aws:${password}` }, answer => {
      let text = '';
      answer.setEncoding('latin1');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () =>
        answer.statusCode === 200 ? done(text) : fail(new Error(`${url}: ${answer.statusCode}`))
      );
    }).on('error', fail);
  });
}

function notebookIn(room: Room, input: SettingsInput, ca: string): Notebook {
  const { session, deps } = room;
  const never = new AbortController().signal;
  return {
    room,
    connect: () => session.connect(input),
    diagnose: () => session.diagnose(input),
    state: () => session.state(input),
    preview: () => session.preview(input),
    listing: () => repositories(deps, prepare(deps, input), never),
    packages: (query, packageName = '') =>
      packages(deps, prepare(deps, input), { query, packageName }, never),
    async install(name) {
      const { connection } = await session.state(input);
      const page = `${connection?.indexUrl}${name}/`;
      const files = [...(await read(page, room, ca)).matchAll(/href="([^"#]+)/g)].map(([, file]) => file);
      await read(new URL(files[files.length - 1], page).href, room, ca);
    },
    async during(verb, id, summary) {
      const done = session[verb](input);
      let document = await session.state(input);
      while (
        !document.rungs.some(each => each.id === id && each.verdict === 'running' && each.summary === summary)
      ) {
        await pause(10);
        document = await session.state(input);
      }
      await session.cancel();
      await done;
      return document;
    },
    write: (path, text) => writeFileSync(join(room.home, path), text, { mode: 0o600 }),
    withKernels: kernels => notebookIn(room, { ...input, kernels }, ca)
  };
}
