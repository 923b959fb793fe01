import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { demo, scenario } from './demo-server';

/** What is asked for from the panel: Preview, Test installation, and what a kernel says about itself. */
test.describe.configure({ mode: 'serial' });

const SCREENS = process.env.CODEARTIFACT_SCREENS ?? 'ui-tests/results/screens';

let page: Page;

const panel = () => page.getByRole('region', { name: 'CodeArtifact' }).first();
const button = (name: string) => panel().getByRole('button', { name, exact: true });
const headline = (name: string) => panel().getByRole('heading', { name, exact: true });
const shot = (name: string) => page.screenshot({ path: `${SCREENS}/${name}.png` });
const idle = () => expect(page.getByText(/\| Idle/).first()).toBeVisible({ timeout: 60_000 });

/** As a program of the user's would ask for it. */
const disconnect = () =>
  page.request.post(`${new URL(demo().url).origin}/jupyterlab-codeartifact/api/v1/disconnect`, {
    headers: { Authorization: `token ${demo().token}` }
  });

/** Adds a cell below the present one, and starts it. */
async function start(code: string) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  const cell = page.locator('.jp-Cell.jp-mod-active');
  await cell.locator('.cm-content').click();
  await page.keyboard.type(code);
  await page.keyboard.press('Control+Enter');
}

/** The same, until it has ended. */
async function run(code: string) {
  await start(code);
  await idle();
}

const bell = () => `${demo().home}/bell`;

/** Runs a cell that ends when `ring` is called. */
async function keepBusy(): Promise<void> {
  rmSync(bell(), { force: true });
  await start(`!while ! test -e ${bell()}; do sleep 0.1; done; echo The cell has ended`);
  await expect(page.getByText(/\| Busy/).first()).toBeVisible({ timeout: 20_000 });
}

async function ring(): Promise<void> {
  writeFileSync(bell(), '');
  await expect(page.locator('.jp-OutputArea-output').getByText('The cell has ended').last()).toBeVisible();
  await idle();
}

/** What the Jupyter server thinks of the notebook's kernel: an idle one may be culled. */
async function kernelState(): Promise<string> {
  const { origin } = new URL(demo().url);
  const headers = { Authorization: `token ${demo().token}` };
  const answer = await page.request.get(`${origin}/api/sessions`, { headers });
  const sessions = (await answer.json()) as { name: string; kernel: { execution_state: string } }[];
  return sessions.find(({ name }) => name === 'CodeArtifact.ipynb')?.kernel.execution_state ?? '';
}

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  await scenario('ok');
  await disconnect();
  await page.goto(demo().url);
  const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
  await expect(tab).toBeVisible({ timeout: 60_000 });
  await expect(async () => {
    if (!(await panel().isVisible())) {
      await tab.click();
    }
    await expect(button('Connect')).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await idle();
  await page.locator('.jp-MarkdownCell').first().click();
});

test.afterAll(async () => {
  await scenario('ok');
  await disconnect();
  await page.context().close();
});

const fine = async () => {
  const { violations } = await new AxeBuilder({ page }).include('.jp-CodeArtifact').analyze();
  expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' | ')}`)).toEqual([]);
};

test('Preview shows the files before they are written, and gives the focus back', async () => {
  const preview = panel().getByRole('group', { name: 'Preview' });
  // A notebook that opens takes the focus, at its own time.
  await expect(async () => {
    await button('Preview changes').first().focus();
    await page.keyboard.press('Enter');
    await expect(button('Close the preview')).toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await expect(preview.getByText(/^\+ machine /)).toBeVisible({ timeout: 10_000 });
  await expect(preview.locator('ins')).toContainText([/password \*{4}/, /\[global\]/, /index-url/]);
  expect(existsSync(`${demo().home}/.netrc`)).toBe(false);
  await fine();
  await shot('preview');
  await button('Close the preview').focus();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await expect(button('Preview changes').first()).toBeFocused();
  await expect(headline('Ready to connect')).toBeVisible();
});

test('Preview from the menu gives the focus back to it', async () => {
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Preview changes' }).click();
  await expect(button('Close the preview')).toBeFocused();
  await button('Close the preview').click();
  await expect(button('More actions')).toBeFocused();
});

test('a variable in the kernel is told beside a running cell, under a failing pip cell too, and unset there', async () => {
  await idle();
  await page.locator('.jp-MarkdownCell').first().click();
  await run('%env PIP_INDEX_URL=http://aws:secret@127.0.0.1:9/simple');
  await expect(page.getByText('env: PIP_INDEX_URL')).toBeVisible();
  await keepBusy();
  await button('Connect').click();
  await expect(headline('Connected, but not in this kernel')).toBeVisible({ timeout: 20_000 });
  await expect(panel()).toContainText(
    'PIP_INDEX_URL is set in the kernel of CodeArtifact.ipynb and overrides pip.conf.'
  );
  await expect(panel()).not.toContainText('127.0.0.1:9');
  await fine();
  await shot('in-kernel');
  expect(await kernelState()).toBe('busy');
  await ring();
  await page.locator('.jp-CodeCell').first().locator('.cm-content').click();
  await run('%pip install --retries 0 no-such-package');
  const banner = page.getByRole('note', { name: 'CodeArtifact' });
  await expect(banner).toContainText('pip does not use the repository here, so it found nothing.', {
    timeout: 30_000
  });
  await shot('why');
  await banner.getByRole('button', { name: 'Why?' }).click();
  await expect(button('Unset it in this kernel')).toBeFocused();
  await button('Unset it in this kernel').click();
  await expect(headline('Connected')).toBeVisible({ timeout: 10_000 });
});

const form = () => panel().getByRole('group', { name: 'Test installation' });

test('Test installation: the notebook’s own pip downloads through the connection', async () => {
  await button('Test installation').click();
  await expect(form().getByLabel('Kernel')).toBeFocused();
  expect(await form().locator('option').allInnerTexts()).toContain(
    'CodeArtifact.ipynb (Python 3 (isolated))'
  );
  await form().getByLabel('Package').fill('six; rm -rf');
  await form().getByRole('button', { name: 'Run' }).click();
  await expect(form()).toContainText('Give one package’s name');
  await shot('test-bad-name');
  await form().getByLabel('Package').fill('six');
  await form().getByRole('button', { name: 'Run' }).click();
  await expect(form()).toContainText(/six 1\.17\.0 came from \S+\/pypi\/isolatedsm\/simple\/ \(pip \d/, {
    timeout: 60_000
  });
  await fine();
  await shot('test-installation');
});

/** How many run; journeys on the same server leave those of their notebooks. */
async function kernels(): Promise<number> {
  const { origin } = new URL(demo().url);
  const headers = { Authorization: `token ${demo().token}` };
  const answer = await page.request.get(`${origin}/api/kernels`, { headers });
  return ((await answer.json()) as unknown[]).length;
}

test('Test installation in a kernel of its own, which is shut down after it', async () => {
  const before = await kernels();
  await form().getByLabel('Kernel').selectOption({ label: 'Python 3 (isolated)' });
  await form().getByLabel('Package').fill('no-such-package');
  await form().getByRole('button', { name: 'Run' }).click();
  await expect(form()).toContainText('pip found no no-such-package.', { timeout: 60_000 });
  await shot('test-not-found');
  await expect.poll(kernels, { timeout: 20_000 }).toBe(before);
});

test('while a cell runs, the test runs beside it, and Cancel ends pip in a black hole, not the cell', async () => {
  await page.locator('.jp-CodeCell').first().locator('.cm-content').click();
  await keepBusy();
  await form().getByLabel('Kernel').selectOption({ index: 0 });
  await form().getByLabel('Package').fill('six');
  await form().getByRole('button', { name: 'Run' }).click();
  await expect(form()).toContainText(/six 1\.17\.0 came from/, { timeout: 60_000 });
  expect(await kernelState()).toBe('busy');
  await scenario('no-endpoints');
  await form().getByLabel('Package').fill('six');
  await form().getByRole('button', { name: 'Run' }).click();
  await expect(form()).toContainText('Looking in indexes', { timeout: 30_000 });
  await form().getByRole('button', { name: 'Cancel' }).click();
  await expect(form()).toContainText('Cancelled. Nothing is left behind.', { timeout: 20_000 });
  await shot('test-cancelled');
  expect(await kernelState()).toBe('busy');
  await ring();
  await button('Close the test').click();
  await expect(button('Test installation')).toBeFocused();
  await scenario('ok');
});

test('no token reached the page on the way', async () => {
  const token = /password (\S+)/.exec(readFileSync(`${demo().home}/.netrc`, 'utf8'))?.[1] ?? '';
  expect(token.length).toBeGreaterThan(100);
  expect(await page.content()).not.toContain(token);
});
