// Films the demo for the README: the panel in the article's three states, from Connect to the repair.   make film
//
// The pictures are of JupyterLab itself, on the emulator; scripts/film.py makes them one file. Nothing is drawn by hand.
import { chromium } from '@playwright/test';
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const FRAMES = 'build/film';
const PYTHON = '.venv/bin/python';
const OUT = 'docs/images/demo.webp';

rmSync(FRAMES, { recursive: true, force: true });
mkdirSync(FRAMES, { recursive: true });
const child = spawn(PYTHON, ['demo/demo.py', '--dir', 'build/film-demo', '--no-browser', '--fresh'], {
  stdio: ['ignore', 'pipe', 'ignore']
});
const [line] = await once(createInterface({ input: child.stdout }), 'line');
const demo = JSON.parse(line);
const browser = await chromium.launch({
  executablePath: execFileSync('scripts/find-browser.sh', { encoding: 'utf8' }).trim(),
  args: ['--no-sandbox', '--disable-gpu']
});
try {
  const page = await browser.newPage({
    viewport: { width: 960, height: 640 },
    permissions: ['clipboard-read', 'clipboard-write']
  });
  const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
  const headline = name =>
    panel.getByRole('heading', { name, level: 3 }).first().waitFor({ timeout: 60_000 });
  const click = name => panel.getByRole('button', { name, exact: true }).first().click();
  let count = 0;
  /** One picture, which stays for so many seconds. */
  const shot = async seconds => {
    const name = `${String(count++).padStart(2, '0')}-${seconds * 1000}.png`;
    await page.screenshot({ path: `${FRAMES}/${name}` });
  };
  const scenario = async name => {
    const body = JSON.stringify({ scenario: name });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${demo.control}/scenario`, { method: 'PUT', headers, body });
  };
  await page.goto(demo.url);
  await page
    .getByText(/\| Idle/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page
    .getByRole('tab', { name: /CodeArtifact/ })
    .first()
    .click();
  await headline('Ready to connect');
  await shot(1.5);
  await scenario('no-endpoints');
  await click('Connect');
  await panel.getByText('No answer yet').first().waitFor();
  await shot(1.5);
  await headline('Timeout at the API endpoint');
  await shot(3);
  await click('Copy request');
  await panel
    .getByText(/Copied\. Send/)
    .first()
    .waitFor();
  await shot(2);
  await scenario('no-role-permission');
  await click('Check now');
  await headline(/^AccessDenied/);
  await shot(3);
  await scenario('ok');
  await click('Check now');
  await headline('Connected');
  await shot(2);
  await page.locator('.jp-CodeCell').first().locator('.cm-content').click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Successfully installed six').first().waitFor({ timeout: 60_000 });
  await shot(3);
} finally {
  await browser.close();
  child.kill('SIGTERM');
}
execFileSync('.venv-docs/bin/python', ['scripts/film.py', FRAMES, OUT], { stdio: 'inherit' });
