import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { demo, scenario } from './demo-server';

/** The article's way, in the browser, on the embedded emulator: what `make demo` shows. */
test.describe.configure({ mode: 'serial' });

const SCREENS = process.env.CODEARTIFACT_SCREENS ?? 'ui-tests/results/screens';

/** As AWS names it: the demo's own network leads it to the emulator. */
const INDEX = 'https://analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com/pypi/isolatedsm/simple/';

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await scenario('ok');
  await page.goto(demo().url);
  await page
    .getByRole('tab', { name: /CodeArtifact/ })
    .first()
    .click();
});

test.afterAll(async () => {
  await scenario('ok');
  await page.close();
});

const panel = () => page.getByRole('region', { name: 'CodeArtifact' }).first();
const shot = (name: string) => page.screenshot({ path: `${SCREENS}/${name}.png` });

/** Runs the cell that contains `text`, and gives what it printed. */
async function runCell(text: string): Promise<string> {
  const cell = page.locator('.jp-CodeCell', { hasText: text }).first();
  // A cell that is run before its kernel is there is not run at all.
  await expect(page.getByText(/\| Idle/).first()).toBeVisible({ timeout: 60_000 });
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  await expect(cell.locator('.jp-InputPrompt')).toHaveText(/\[\d+\]:/, { timeout: 60_000 });
  return (await cell.locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
}

test('the panel is ready to connect', async () => {
  await expect(panel().getByRole('heading', { name: 'Ready to connect' })).toBeVisible();
  await expect(panel()).toContainText('isolatedsm');
  await shot('ready');
});

test('Connect connects, and shows the index and when the token ends', async () => {
  await panel().getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel().getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 15_000
  });
  await expect(panel()).toContainText(/\d+ h \d+ min left/);
  await expect(panel()).toContainText(INDEX);
  await shot('connected');
  expect(statSync(`${demo().home}/.netrc`).mode & 0o777).toBe(0o600);
});

test('%pip install works in the notebook, through the connection', async () => {
  const text = await runCell('%pip install six');
  expect(text).toContain('Successfully installed six');
  expect(text).toContain(`Looking in indexes: ${INDEX}`);
  await shot('pip-install');
});

test('pip config list shows no token', async () => {
  const text = await runCell('%pip config list');
  expect(text).toContain(INDEX);
  expect(text).not.toMatch(/aws:/);
});

test('Disconnect puts things back', async () => {
  await panel().getByRole('button', { name: 'Disconnect' }).click();
  await expect(panel().getByRole('heading', { name: 'Ready to connect' })).toBeVisible();
  expect(existsSync(`${demo().home}/.config/pip/pip.conf`)).toBe(false);
  expect(existsSync(`${demo().home}/.netrc`)).toBe(false);
});

test('no endpoints: Timeout at the API endpoint, from a cell of the notebook', async () => {
  expect(await runCell('%run scenario.py timeout')).toContain('no-endpoints');
  await panel().getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel().getByRole('heading', { name: 'Timeout at the API endpoint' })).toBeVisible({
    timeout: 6_000
  });
  await expect(panel().getByRole('button', { name: 'Copy request' })).toBeVisible();
  await expect(panel()).toContainText('codeartifact.us-east-1.amazonaws.com');
  await expect(panel()).toContainText('203.0.113.10');
  await expect(panel()).toContainText('public address');
  await expect(panel()).toContainText('com.amazonaws.us-east-1.codeartifact.api');
  await expect(panel()).not.toContainText(/127\.0\.0\.1|this machine|hosts file/);
  await shot('timeout');
});

test('no permission: AccessDenied, naming whose policy', async () => {
  await scenario('no-role-permission');
  await panel()
    .getByRole('button', { name: /Check now|Check again/ })
    .first()
    .click();
  await expect(panel().getByRole('heading', { name: /AccessDenied by the role/ })).toBeVisible({
    timeout: 6_000
  });
  await expect(panel()).toContainText('identity administrator');
  await shot('access-denied');
});

test('all right again: a check connects by itself, as was asked for', async () => {
  await scenario('ok');
  await panel()
    .getByRole('button', { name: /Check now|Check again/ })
    .first()
    .click();
  await expect(panel().getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 10_000
  });
  expect(readFileSync(`${demo().home}/.config/pip/pip.conf`, 'utf8')).toContain('isolatedsm');
});
