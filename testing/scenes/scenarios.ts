import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mergePatch } from '../emulator/world/merge-patch';
import { worldOf } from '../emulator/scenarios';
import { defaultWorld } from '../emulator/world/default-world';
import type { Document } from '../../src/protocol/document';
import type { World } from '../emulator/world/world';
import type { Notebook, Stage } from './stage';

/** A recording: what the engine answered at one moment. Its name is the scene's. */
export interface Scenario {
  /** The emulator's state; `ok` unless told. */
  readonly world?: string;
  /** Changed in it besides: a JSON merge patch. */
  readonly patch?: unknown;
  readonly settings?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** It waits for a black hole, seconds, and shows nothing to a quick check that another scene does not. */
  readonly waits?: true;
  readonly play: (notebook: Notebook, stage: Stage) => Promise<unknown>;
}

const MINUTE = 60_000;
const connect = (notebook: Notebook): Promise<unknown> => notebook.connect();
const diagnose = (notebook: Notebook): Promise<unknown> => notebook.diagnose();
const failing = (world: string): Scenario => ({ world, play: connect });
const silent = (world: string): Scenario => ({ world, waits: true, play: connect });
const UNSET = { domain: '', domainOwner: '', repository: '' };

/** The world of Connect; then it breaks. */
const breaking = (world: string, then: (notebook: Notebook, stage: Stage) => Promise<unknown>): Scenario => ({
  play: async (notebook, stage) => {
    await notebook.connect();
    await stage.emulator.setScenario(world);
    return then(notebook, stage);
  }
});

/** Reads the state until it is what is waited for. */
async function until(notebook: Notebook, is: (document: Document) => boolean): Promise<void> {
  while (!is(await notebook.state())) {
    await new Promise(done => setTimeout(done, 50));
  }
}

/** A token of an hour, looked at when `left` minutes of it are left and nothing has renewed it. */
const lateIn = (left: number, world: string): Scenario => ({
  ...(left < 0 && world !== 'ok' ? { waits: true as const } : {}),
  settings: { durationSeconds: 3600, autoRefresh: world !== 'ok' },
  play: async (notebook, stage) => {
    await notebook.connect();
    await stage.emulator.setScenario(world);
    notebook.room.shift((60 - left) * MINUTE);
    if (world === 'ok') {
      return notebook.state();
    }
    // The renewal is due, fails, and says so.
    await until(notebook, ({ connection }) => connection?.trouble !== undefined);
    return notebook.diagnose();
  }
});

const LONG = {
  domain: 'analytics-platform-central-production-2026-europe',
  repository: 'isolated-sagemaker-python-packages-for-forecasting'
};
/** A world in which everything has the longest name that anybody gives it. */
export const longWorld = (world: World): World =>
  mergePatch(worldOf('ok', defaultWorld(LONG)), { endpoints: world.endpoints, vpc: world.vpc }) as World;

const kernels = (notebook: Notebook, names: readonly (readonly [string, string])[]) =>
  names.map(([name, displayName]) => {
    const prefix = join(notebook.room.home, 'envs', name);
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    return { name, displayName, executable: join(prefix, 'bin/python'), env: {} };
  });

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  // Nothing chosen, nothing connected
  unset: { settings: UNSET, play: notebook => notebook.state() },
  'unset-checked': { settings: UNSET, play: diagnose },
  'unset-black-hole': { settings: UNSET, world: 'no-endpoints', play: diagnose },
  listing: { settings: UNSET, play: notebook => notebook.listing() },
  'listing-denied': {
    settings: UNSET,
    patch: { caller: { policies: { 'codeartifact-reader': null } } },
    play: notebook => notebook.listing()
  },
  'listing-black-hole': {
    settings: UNSET,
    world: 'no-endpoints',
    waits: true,
    play: notebook => notebook.listing()
  },
  ready: { play: notebook => notebook.state() },

  // Working
  'connecting-slow-answer': { world: 'slow', play: notebook => notebook.during('connect', 'http.api', '') },
  'connecting-silent': {
    world: 'no-endpoints',
    play: notebook => notebook.during('connect', 'tcp.api', 'slow')
  },
  'connecting-no-answer': {
    world: 'no-endpoints',
    play: notebook => notebook.during('connect', 'tcp.api', 'no answer to two attempts')
  },
  checking: { world: 'slow', play: notebook => notebook.during('diagnose', 'http.api', 'slow') },
  renewing: breaking('slow', notebook => notebook.during('refresh', 'http.api', 'slow')),
  cancelled: {
    world: 'no-endpoints',
    play: async notebook => {
      await notebook.during('connect', 'tcp.api', 'slow');
      return notebook.state();
    }
  },

  // Connected
  connected: { play: connect },
  'one-address-dead': failing('one-zone-dead'),
  'all-tools': { settings: { tools: ['pip', 'uv', 'twine', 'npm', 'poetry'] }, play: connect },
  shadowed: { env: { PIP_INDEX_URL: 'https://pypi.example.com/simple' }, play: connect },
  kernels: {
    play: async notebook => {
      const some = notebook.withKernels(
        kernels(notebook, [
          ['forecasting', 'Python 3 (forecasting)'],
          ['python3', 'Python 3 (ipykernel)'],
          ['torch', 'Python 3.11 (torch)']
        ])
      );
      notebook.write('envs/forecasting/pip.conf', '[global]\nindex-url = https://pypi.org/simple\n');
      return some.connect();
    }
  },
  long: { patch: longWorld, settings: LONG, play: connect },
  'long-timeout': {
    waits: true,
    patch: (world: World) => mergePatch(longWorld(world), { endpoints: { repositories: { exists: false } } }),
    settings: LONG,
    play: connect
  },
  packages: {
    play: async notebook => {
      await notebook.connect();
      for (const name of ['demo-colors', 'demo-palette', 'demo-report']) {
        await notebook.install(name);
      }
      return notebook.packages('demo');
    }
  },
  'package-versions': {
    play: async notebook => {
      await notebook.connect();
      await notebook.install('demo-colors');
      return notebook.packages('', 'demo-colors');
    }
  },
  'packages-none': { play: notebook => notebook.packages('polars') },

  // The end of a token, in all forms
  'nearly-expired': lateIn(18, 'ok'),
  'expired-not-renewing': lateIn(-1, 'ok'),
  'renewal-fails': lateIn(20, 'no-endpoints'),
  'expired-renewal-fails': lateIn(-12, 'no-endpoints'),
  'renewal-denied': breaking('no-role-permission', async notebook => {
    await notebook.room.session.refresh(notebook.room.input);
    return notebook.state();
  }),

  // The network
  'timeout-public': failing('no-endpoints'),
  'timeout-private': silent('security-group'),
  'timeout-repository': failing('repositories-missing'),
  'private-dns-off': silent('private-dns-off'),
  mended: {
    world: 'refused',
    play: async (notebook, stage) => {
      await notebook.connect();
      await stage.emulator.setScenario('ok');
      notebook.room.shift(130 * MINUTE);
      await until(notebook, ({ outage }) => outage?.repairedAt !== undefined);
      notebook.room.shift(12_000);
      return notebook.state();
    }
  },
  'still-connected-api-breaks': breaking('api-missing', diagnose),
  'still-connected-all-breaks': { ...breaking('no-endpoints', diagnose), waits: true },
  'no-name': { patch: { dns: { api: 'nxdomain', repositories: 'nxdomain' } }, play: connect },
  refused: failing('refused'),
  reset: failing('reset'),
  inspected: { patch: { tls: { api: 'unknown_issuer', index: 'unknown_issuer' } }, play: connect },
  'certificate-expired': { patch: { tls: { api: 'expired' } }, play: connect },
  'proxy-page': failing('proxy-page'),
  'proxy-page-index': failing('proxy-page-index'),

  // Who may what
  'denied-role': failing('no-role-permission'),
  'denied-endpoint': failing('endpoint-policy'),
  'denied-bearer': failing('endpoint-policy-no-bearer'),
  'denied-domain': failing('domain-policy'),
  'denied-index': failing('repository-policy'),
  'key-disabled': failing('key-disabled'),
  'repository-not-found': failing('repository-not-found'),
  'no-credentials': failing('no-credentials'),
  'expired-credentials': failing('expired-credentials'),
  'clock-skew': failing('clock-skew'),

  // The service, and this machine
  throttled: failing('throttled'),
  'service-error': failing('service-error'),
  garbage: failing('garbage'),
  'pip-conf-unreadable': {
    play: notebook => {
      mkdirSync(join(notebook.room.home, '.config/pip'), { recursive: true });
      notebook.write('.config/pip/pip.conf', 'timeout = 60\n[install]\nno-cache-dir = true\n');
      return notebook.connect();
    }
  },
  'invalid-setting': { settings: { repository: 'Ana lytics' }, play: connect },

  // What Connect would change
  'preview-new': { play: notebook => notebook.preview() },
  'preview-changed': {
    play: notebook => {
      mkdirSync(join(notebook.room.home, '.config/pip'), { recursive: true });
      notebook.write(
        '.config/pip/pip.conf',
        '[global]\ntimeout = 60\nindex-url = https://mirror.example.com/pypi/simple\nretries = 2\n# kept as it was\n[install]\n'
      );
      return notebook.preview();
    }
  },
  'preview-nothing': {
    play: async notebook => {
      await notebook.connect();
      return notebook.preview();
    }
  },
  'preview-failed': { waits: true, world: 'no-endpoints', play: notebook => notebook.preview() }
};
