import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from '../../testing/emulator/emulator';
import { scenarios } from '../../testing/emulator/scenarios';
import type { Document } from '../../src/protocol/document';
import { createProduct, startServer } from '../../testing/harness/product';
import { createWatch } from '../../testing/harness/secret-watch';

/**
 * A run of the whole product with known secrets; afterwards none may be anywhere but in files that only their
 * owner can read. Slow: real servers, and every black hole in full.
 */
jest.setTimeout(300_000);

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const watchFor = (env: Record<string, string>) =>
  createWatch({
    'AWS secret': env.AWS_SECRET_ACCESS_KEY,
    'AWS session token': env.AWS_SESSION_TOKEN
  });

it('no secret gets out, whatever happens', async () => {
  const product = createProduct(emulator.env);
  const watch = watchFor(emulator.env);
  const poll = setInterval(() => watch.processes(product.mark), 20);
  const server = await startServer(product);
  try {
    const document = ({ text }: { text: string }) => JSON.parse(text) as Document;
    const rest = async (verb: string, body?: object) => {
      const answer = await (/^(state|repositories|packages)/.test(verb)
        ? server.get(verb)
        : server.post(verb, body));
      watch.text(`the answer to ${verb}`, answer.text);
      return { ...answer, ...document(answer) };
    };
    const cli = async (...words: string[]) => {
      const said = await product.command(words);
      watch.text(`stdout of ${words.join(' ')}`, said.out);
      watch.text(`stderr of ${words.join(' ')}`, said.err);
      return said;
    };
    // Nobody without the token, and no page of somebody else's by a cookie alone.
    const stranger = await fetch(`${server.url}/jupyterlab-codeartifact/api/v1/state`);
    expect(stranger.status).toBe(403);
    const login = await fetch(`${server.url}/login?token=${server.token}`, { redirect: 'manual' });
    const form = await fetch(`${server.url}/login`);
    const cookie = [login, form]
      .flatMap(({ headers }) => headers.getSetCookie())
      .map(each => each.split(';')[0]);
    const forged = await fetch(`${server.url}/jupyterlab-codeartifact/api/v1/connect`, {
      method: 'POST',
      headers: { cookie: cookie.join('; ') }
    });
    expect([forged.status, cookie.map(each => each.slice(0, 5))]).toEqual([403, ['usern', '_xsrf']]);
    const xsrf = cookie.find(each => each.startsWith('_xsrf='))?.slice(6) ?? '';
    const own = await fetch(`${server.url}/jupyterlab-codeartifact/api/v1/cancel`, {
      method: 'POST',
      headers: { cookie: cookie.join('; '), 'X-XSRFToken': xsrf }
    });
    expect(own.status).toBe(200);

    expect((await rest('connect')).verdict).toBe('ok');
    expect(readFileSync(join(product.home, '.netrc'), 'utf8')).toContain('eyJ2ZXIi');
    for (const verb of ['state', 'repositories', 'packages?query=si', 'refresh', 'diagnose']) {
      expect((await rest(verb)).verdict).toBe('ok');
    }
    watch.files(product.home);
    for (const words of [
      ['status', '--json'],
      ['connect', '--dry-run'],
      ['connect', '--credentials', 'inline', '--json'],
      ['connect', '--dry-run', '--credentials', 'inline'],
      ['connect', '--tools', 'npm,poetry', '--json'],
      ['connect', '--dry-run', '--tools', 'npm,poetry'],
      ['connect', '--credentials', 'inline', '--tools', 'pip,npm,poetry', '--json'],
      ['diagnose'],
      ['repositories', '--json'],
      ['packages', '--package', 'six'],
      ['policy', '--for', 'role'],
      ['refresh']
    ]) {
      expect([words, (await cli(...words)).code]).toEqual([words, 0]);
      watch.files(product.home);
    }
    expect(readFileSync(join(product.home, '.config/pip/pip.conf'), 'utf8')).toContain('aws:eyJ2ZXIi');
    expect(readFileSync(join(product.home, '.npmrc'), 'utf8')).toContain(':_authToken=eyJ2ZXIi');
    expect(readFileSync(join(product.home, '.config/pypoetry/auth.toml'), 'utf8')).toContain('"eyJ2ZXIi');
    for (const name of Object.keys(scenarios)) {
      await emulator.setScenario(name);
      await rest('diagnose');
      await rest('state');
      watch.files(product.home);
    }
    await emulator.setScenario('no-role-permission');
    await rest('connect');
    await cli('connect', '--json');
    await cli('connect', '--domain-owner', '123', '--json');
    await emulator.setScenario('ok');

    const engine = watch.processes(product.mark).find(each => each.includes('engine.cjs stdio'));
    process.kill(Number(engine?.split(' ')[0]), 'SIGKILL');
    await rest('state').catch(() => undefined);
    expect((await rest('state')).connection?.state).toBe('connected');

    expect((await rest('disconnect')).verdict).toBe('ok');
    await cli('disconnect');
  } finally {
    await server.close();
    clearInterval(poll);
  }
  watch.text("the server's log", server.log());
  watch.text('the events', server.events());
  watch.files(product.home);
  await product.close();
  expect(server.events()).toContain('connected');
  expect(server.log()).toContain('codeartifact: engine started');
  expect(watch.counted.processes.size).toBeGreaterThan(10);
  expect([...watch.seen]).toEqual([]);
});

it('would be seen: a planted leak is caught', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-'));
  cpSync(resolve('jupyterlab_codeartifact'), join(folder, 'jupyterlab_codeartifact'), { recursive: true });
  appendFileSync(
    join(folder, 'jupyterlab_codeartifact/engine/engine.cjs'),
    `
;process.stderr.write(process.env.AWS_SECRET_ACCESS_KEY + '\\n');
setInterval(() => { try { const fs = require('fs'); fs.writeFileSync(process.env.HOME + '/copy', fs.readFileSync(process.env.HOME + '/.netrc')); } catch {} }, 5);`
  );
  const product = createProduct(emulator.env, folder);
  const watch = watchFor(emulator.env);
  const server = await startServer(product);
  const answer = await server.post('connect');
  watch.text('the answer', answer.text);
  await server.post('diagnose');
  watch.text(
    'an argument',
    `pip install -i https://aws:${readFileSync(join(product.home, '.netrc'), 'utf8').split('password ')[1]}@host`
  );
  await server.close();
  watch.text("the server's log", server.log());
  writeFileSync(join(product.home, 'notebooks', 'a.ipynb'), '{}');
  watch.files(product.home);
  await product.close();
  rmSync(folder, { recursive: true });
  expect([...watch.seen].sort()).toEqual([
    "AWS secret in the server's log",
    expect.stringMatching(/^token in an argument/),
    expect.stringMatching(/^token in the file .*\/copy, 644$/)
  ]);
});
