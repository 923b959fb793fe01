import { once } from 'node:events';
import { readFile } from 'node:fs';
import { closeClients } from './aws/sdk-client';
import { createCalls } from './aws/codeartifact';
import { findCredentials } from './aws/credentials';
import { findRegion } from './aws/region';
import { createDisk } from './fs/disk';
import { createNetwork } from './net/network';
import { machineName, nodeRuntime, takeOverConsole } from './runtime/node-runtime';
import { createRedactor } from './core/secret/redact';
import { fractionOf } from './core/settings/fleet-turn';
import { createCommands } from './cli/commands';
import { caBundleOf } from './cli/login';
import { handedOver } from './cli/handed-over';
import { run } from './cli/run';
import { handlersOf } from './rpc/handlers';
import { SettingsInputSchema } from '../protocol/request';
import { changedNotification, serve } from './rpc/serve';
import type { EngineDeps } from './connection/engine-deps';
import { packages } from './packages/packages';
import { prepare } from './connection/request';
import { repositories } from './packages/repositories';
import { createSession } from './connection/session';

declare const VERSION: string;

const redactor = createRedactor(text => Buffer.from(text).toString('base64'));

/** A bug of ours, or of who should have handed something over. */
const FAULT = 1;
const REPORT = 'This is a fault of jupyterlab-codeartifact; please report it.';

/** Only the doors hold stdout: a stray byte there would break the bridge. */
const log = (line: string) => void process.stderr.write(`${redactor.redact(line)}\n`);
takeOverConsole(log);

/** The one place where the real world is built and the rooms are joined. */
function build(more: Readonly<Record<string, string>> = {}): EngineDeps {
  const real = nodeRuntime(log);
  const runtime = { ...real, env: { ...real.env, ...more } };
  redactor.learnForGood(runtime.env.AWS_SECRET_ACCESS_KEY ?? '');
  redactor.learnForGood(runtime.env.AWS_SESSION_TOKEN ?? '');
  const disk = createDisk(runtime);
  const readText = async (path: string) => {
    const read = await disk.read(path);
    return read.ok && read.value.file ? Buffer.from(read.value.file.bytes).toString('utf8') : null;
  };
  return {
    runtime,
    disk,
    diagnosis: {
      runtime,
      network: createNetwork(runtime),
      aws: { findRegion, findCredentials, createCalls },
      readText
    },
    hash: fractionOf(machineName(runtime)),
    learn: redactor.learn
  };
}

async function stdio(): Promise<void> {
  const deps = build();
  const write = (text: string) => void process.stdout.write(text);
  const say = (state: string, lookingOn: boolean) => write(changedNotification(state, lookingOn));
  const session = createSession(deps, say, { isServed: true });
  const never = new AbortController().signal;
  const handlers = handlersOf(session, {
    repositories: asked => repositories(deps, prepare(deps, asked), never),
    packages: (asked, search) => packages(deps, prepare(deps, asked), search, never)
  });
  // Loaded here, because a command does without it.
  const { createInterface } = await import('node:readline');
  await serve({ lines: createInterface({ input: process.stdin }), write, log }, handlers);
  await session.close();
  closeClients();
}

async function commandLine(argv: readonly string[]): Promise<number> {
  const bundle = caBundleOf(argv);
  const deps = build(bundle === undefined ? {} : { AWS_CA_BUNDLE: bundle });
  // Until then a signal ends this process, and nobody has done anything.
  const handed = await handedOver(deps.runtime.env, readAll);
  if (handed === null) {
    log(REPORT);
    return FAULT;
  }
  if ('exit' in handed) {
    return handed.exit;
  }
  const input = SettingsInputSchema.parse(handed.input);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const terminal = {
    out: (text: string) => void process.stdout.write(redactor.redact(text)),
    outJson: (value: unknown) =>
      void process.stdout.write(
        `${JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? redactor.redact(part) : part))}\n`
      ),
    err: (text: string) => void process.stderr.write(redactor.redact(text)),
    errIsTerminal: process.stderr.isTTY === true
  };
  return run(argv, VERSION, terminal, createCommands(deps), { input, signal: stop.signal });
}

const readAll = (descriptor: number): Promise<string> =>
  new Promise((resolve, reject) =>
    readFile(descriptor, 'utf8', (error, text) => (error ? reject(error) : resolve(text)))
  );

/** Pipes may still hold what was written: exit only when both have taken it. */
async function drained(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableNeedDrain) {
      await once(stream, 'drain');
    }
  }
}

const [, , word, ...rest] = process.argv;
void (word === 'stdio' ? stdio().then(() => 0) : commandLine(word === undefined ? [] : [word, ...rest]))
  .catch((error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log(`${REPORT}\n${text}`);
    return FAULT;
  })
  .then(async code => {
    await drained();
    process.exit(code);
  });
