import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Applied } from '../emulator/admin/apply';
import type { LogEntry } from '../emulator/world/request-log';
import type { World } from '../emulator/world/world';
import { SYSTEM_PATH } from './namespace';
import { VPC, type VpcNetwork } from './vpc-network';

const ROOT = resolve(__dirname, '../..');
const TOOLS = join(ROOT, '.venv/bin');

/** The emulator in the VPC's namespace. Calls are answered one after another. */
export interface VpcEmulator {
  readonly caPem: string;
  scenario(name: string): Promise<void>;
  /** JSON merge patch (RFC 7396) on the world. */
  patch(patch: unknown): Promise<void>;
  /** Runs a printed text as an administrator does. */
  apply(text: string, fill?: Readonly<Record<string, string>>, account?: string): Promise<Applied>;
  /** Makes or updates a stack as `aws cloudformation deploy` does, but at once. */
  deploy(stack: string, template: string, parameters: Readonly<Record<string, string>>): Promise<void>;
  /** Takes resources out of a stack, in this order, as somebody does in the console. */
  takeAway(stack: string, resources: readonly string[], account?: string): Promise<void>;
  /** Remembers world and stacks; `restore` puts them back. */
  remember(): Promise<void>;
  restore(): Promise<void>;
  /** Serves the public addresses too, which the namespace must have by then. Until the end. */
  gateway(): Promise<void>;
  world(): Promise<World>;
  log(): Promise<LogEntry[]>;
  clearLog(): Promise<void>;
  minted(): Promise<number>;
  close(): Promise<void>;
}

async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'vpc.cjs');
  await build({
    entryPoints: [join(__dirname, 'emulator-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning'
  });
  await copyFile(join(ROOT, 'testing/emulator/vpc/black-hole.py'), join(folder, 'black-hole.py'));
  return outfile;
}

export async function startVpcEmulator({ vpc }: VpcNetwork, folder: string): Promise<VpcEmulator> {
  const script = await bundle(folder);
  const [program = '', ...enter] = vpc.enter;
  const child = spawn(program, [...enter, process.execPath, script, JSON.stringify(VPC)], {
    env: {
      PATH: `${TOOLS}:${SYSTEM_PATH}`,
      EMULATOR_TOOLS: TOOLS,
      EMULATOR_INFRA: join(ROOT, 'infra'),
      HOME: folder
    },
    stdio: ['pipe', 'pipe', 'inherit']
  });
  const gone = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done === true) {
      throw new Error('the emulator in the namespace has ended');
    }
    return JSON.parse(value) as Record<string, unknown>;
  };
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <T>(verb: string, given: unknown = null): Promise<T> => {
    const asked = turn.then(async () => {
      child.stdin.write(`${JSON.stringify({ verb, given })}\n`);
      const said = await answer();
      if ('failed' in said) {
        throw new Error(String(said.failed));
      }
      return said.done as T;
    });
    turn = asked.catch(() => undefined);
    return asked;
  };
  const { caPem } = await answer();
  return {
    caPem: String(caPem),
    scenario: name => ask('scenario', name),
    patch: async patch => void (await ask('patch', patch)),
    apply: (text, fill = {}, account) => ask('apply', { text, fill, account }),
    deploy: async (stack, template, parameters) =>
      void (await ask('deploy', { stack, template, parameters })),
    takeAway: async (stack, resources, account) =>
      void (await ask('takeAway', { stack, resources, account })),
    remember: async () => void (await ask('remember')),
    restore: async () => void (await ask('restore')),
    gateway: () => ask('gateway'),
    world: () => ask('world'),
    log: () => ask('log'),
    clearLog: () => ask('clearLog'),
    minted: () => ask('minted'),
    async close() {
      child.stdin.end();
      await gone;
    }
  };
}
