import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { SETTINGS } from './engine-harness';

const BIN = resolve('.venv/bin');

/** What one process said, and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A home and everything of the product that runs in it, as on a user's machine. */
export interface Product {
  readonly home: string;
  readonly env: Record<string, string>;
  /** Marks every process that comes of ours, in its environment. */
  readonly mark: string;
  /** `jupyter codeartifact …` */
  readonly command: (words: readonly string[], more?: Record<string, string>) => Promise<Said>;
  readonly close: () => Promise<void>;
}

export function createProduct(env: Record<string, string>, pythonPath?: string): Product {
  const root = mkdtempSync(join(tmpdir(), 'product-'));
  chmodSync(root, 0o755);
  const home = join(root, 'home');
  mkdirSync(join(home, 'notebooks'), { recursive: true });
  // One of the names that the server hands on to its engine (engine_environment.py), so that the engine carries it too.
  const mark = `XDG_PRODUCT_RUN=${randomBytes(8).toString('hex')}`;
  const own: Record<string, string> = {
    ...env,
    HOME: home,
    PATH: `${BIN}:/usr/local/bin:/usr/bin:/bin`,
    JUPYTER_CONFIG_DIR: join(home, '.jupyter'),
    JUPYTER_DATA_DIR: join(home, '.local/share/jupyter'),
    JUPYTER_RUNTIME_DIR: join(home, '.local/share/jupyter/runtime'),
    [mark.split('=')[0]]: mark.split('=')[1],
    ...(pythonPath ? { PYTHONPATH: pythonPath } : {})
  };
  const settings = join(home, '.jupyter/lab/user-settings/jupyterlab-codeartifact');
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, 'plugin.jupyterlab-settings'), JSON.stringify(SETTINGS));
  return {
    home,
    env: own,
    mark,
    command: (words, more = {}) =>
      finished(spawn(join(BIN, 'jupyter-codeartifact'), words, { env: { ...own, ...more }, cwd: home })),
    close: async () => rmSync(root, { recursive: true, force: true })
  };
}

async function finished(child: ChildProcess): Promise<Said> {
  const said = { out: '', err: '' };
  child.stdout?.on('data', part => (said.out += part));
  child.stderr?.on('data', part => (said.err += part));
  const code = await new Promise<number | null>(done => child.on('close', done));
  return { code, ...said };
}

/** The Jupyter server with the extension, talked to as the browser does. */
export interface Server {
  readonly url: string;
  readonly token: string;
  readonly get: (path: string) => Promise<{ status: number; text: string }>;
  readonly post: (verb: string, body?: object) => Promise<{ status: number; text: string }>;
  /** Everything that Jupyter's event system has sent so far, as it came over the WebSocket. */
  readonly events: () => string;
  /** Everything it printed so far; its log is at DEBUG. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export async function startServer(product: Product): Promise<Server> {
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  let log = '';
  const child = spawn(
    join(BIN, 'jupyter-server'),
    [
      '--debug',
      `--ServerApp.port=${port}`,
      '--ServerApp.port_retries=0',
      '--ServerApp.ip=127.0.0.1',
      '--ServerApp.allow_root=True',
      `--ServerApp.root_dir=${join(product.home, 'notebooks')}`,
      "--ServerApp.jpserver_extensions={'jupyterlab_codeartifact': True}"
    ],
    { env: { ...product.env, JUPYTER_TOKEN: token }, cwd: product.home }
  );
  child.stdout.on('data', part => (log += part));
  child.stderr.on('data', part => (log += part));
  const ended = new Promise(done => child.on('close', done));
  const url = `http://127.0.0.1:${port}`;
  const base = `${url}/jupyterlab-codeartifact/api/v1/`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { Authorization: `token ${token}`, 'Content-Type': 'application/json' };
    const response = await fetch(base + path, { headers, ...init });
    return { status: response.status, text: await response.text() };
  };
  // It says "is running at" before it listens.
  const answers = () =>
    fetch(`${url}/api`).then(
      response => response.ok,
      () => false
    );
  for (let i = 0; !(await answers()); i++) {
    if (child.exitCode !== null || i > 600) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start: ${log.slice(-2000)}`);
    }
    await new Promise(done => setTimeout(done, 100));
  }
  const events = await listen(`${url}/api/events/subscribe`, token).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url,
    token,
    events: events.text,
    get: path => ask(path),
    post: (verb, body = {}) => ask(verb, { method: 'POST', body: JSON.stringify(body) }),
    log: () => log,
    close: async () => {
      events.end();
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 8000);
      await ended;
      clearTimeout(force);
    }
  };
}

/** A WebSocket that only listens: what a server sends is not masked, so that its frames can be read as text. */
async function listen(url: string, token: string) {
  let text = '';
  const asked = request(url, {
    headers: {
      Authorization: `token ${token}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64')
    }
  });
  return new Promise<{ text: () => string; end: () => void }>((resolve, reject) => {
    asked.on('upgrade', (_, socket, head) => {
      text += head.toString('latin1');
      socket.on('data', part => (text += part.toString('latin1')));
      socket.on('error', () => undefined);
      resolve({ text: () => text, end: () => socket.destroy() });
    });
    asked.on('response', response => reject(new Error(`no WebSocket: ${response.statusCode}`)));
    asked.on('error', reject);
    asked.end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}
