import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Document } from '../../src/protocol/document';
import type { Rung, CheckId } from '../../src/protocol/rung';
import type { Ran } from './run';
import { startVpcEmulator, type VpcEmulator } from './vpc-emulator';
import { openVpcNetwork, type VpcNetwork } from './vpc-network';

const TOOLS = resolve(__dirname, '../../.venv/bin');

/** The article's place, by flags: nothing is stored. */
export const PLACE = [
  ...['--domain', 'analytics'],
  ...['--domain-owner', '111122223333'],
  ...['--repository', 'isolatedsm'],
  ...['--region', 'us-east-1']
];

export interface Answered extends Ran {
  readonly document: Document;
}

/** A notebook in an Internet-disabled VPC, and the AWS around it. */
export interface Bench extends VpcNetwork {
  readonly emulator: VpcEmulator;
  readonly home: string;
  /** The authority of the emulator's certificates, in PEM. */
  readonly ca: string;
  /** A program of the development environment, in the notebook. `home` apart keeps the reference's files apart. */
  tool(
    program: string,
    args: readonly string[],
    home?: string,
    variables?: Readonly<Record<string, string>>
  ): Promise<Ran>;
  /** The real command, with the article's place; `--json` is added. */
  jupyter(verb: string, ...flags: string[]): Promise<Answered>;
  /** An empty home beside the notebook's own. */
  otherHome(): Promise<string>;
}

export async function openBench(): Promise<Bench> {
  if (!existsSync(join(TOOLS, 'jupyter-codeartifact'))) {
    throw new Error('jupyter codeartifact is not installed in .venv: run "make dev" first');
  }
  const room = await mkdtemp(join(tmpdir(), 'notebook-'));
  const network = await openVpcNetwork();
  const emulator = await startVpcEmulator(network, room).catch(async (error: Error) => {
    await network.close();
    throw error;
  });
  const home = join(room, 'home');
  await mkdir(home);
  const ca = join(room, 'ca.pem');
  await writeFile(ca, emulator.caPem);
  const environment = (where: string) => ({
    PATH: `${TOOLS}:/usr/bin:/bin`,
    HOME: where,
    LANG: 'C.UTF-8',
    TMPDIR: room,
    AWS_CA_BUNDLE: ca,
    PIP_CERT: ca,
    PIP_DISABLE_PIP_VERSION_CHECK: '1'
  });
  const tool: Bench['tool'] = (program, args, where = home, variables = {}) =>
    network.notebook.run([program, ...args], { env: { ...environment(where), ...variables }, cwd: where });
  return {
    ...network,
    emulator,
    home,
    ca,
    tool,
    async jupyter(verb, ...flags) {
      const ran = await tool('jupyter', ['codeartifact', verb, ...PLACE, ...flags, '--json']);
      try {
        return { ...ran, document: JSON.parse(ran.stdout) as Document };
      } catch {
        throw new Error(`${verb} answered ${ran.code}: ${ran.stdout}${ran.stderr}`);
      }
    },
    otherHome: () => mkdtemp(join(room, 'other-')),
    async close() {
      await emulator.close();
      await network.close();
      await rm(room, { recursive: true, force: true });
    }
  };
}

export function rungOf({ rungs }: Document, id: CheckId): Rung {
  const found = rungs.find(each => each.id === id);
  if (found === undefined) {
    throw new Error(`no rung ${id}`);
  }
  return found;
}

/** The rungs as a table that a failed test prints well. */
export const shape = ({ rungs }: Document): Record<string, string> =>
  Object.fromEntries(rungs.map(r => [r.id, r.because ? `${r.verdict} because ${r.because}` : r.verdict]));

/** The bash text of a fix by its title; without one, the first. */
export function printed({ fix }: Rung, title?: string): string {
  const found = fix?.snippets.find(s => s.language === 'bash' && (title === undefined || s.title === title));
  if (found === undefined) {
    throw new Error(
      `no snippet ${title ?? ''} among: ${fix?.snippets.map(s => s.title).join('; ') ?? 'no fix'}`
    );
  }
  return found.text;
}
