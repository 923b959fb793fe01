import { existsSync, readFileSync } from 'node:fs';
import { expect, test, type Page, type Request } from '@playwright/test';
import { scenario } from '../demo-server';
import { run } from '../notebook-page';
import { headlineOf, panelOf } from '../panel-page';
import { startPython } from '../start-python';

/** A user of JupyterHub: signed in by its form, behind its proxy and under a base URL. */

interface Where {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly home: string;
  readonly control: string;
}

let hub: Where;
let stop: () => Promise<void>;

test.beforeAll(async () => {
  ({ where: hub, stop } = await startPython<Where>(['-m', 'tests.hub.serve']));
});
test.afterAll(() => stop());

const tabOf = (page: Page) => page.getByRole('tab', { name: /CodeArtifact/ }).first();

/** Opens the panel in a JupyterLab that is there or comes. */
async function openPanel(page: Page): Promise<void> {
  await expect(tabOf(page)).toBeVisible({ timeout: 60_000 });
  await expect(async () => {
    if (!(await panelOf(page).isVisible())) {
      await tabOf(page).click();
    }
    await expect(panelOf(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

test('sign in, connect, install, an outage, a second window, disconnect', async ({ page }) => {
  const base = `/data/science/user/${hub.user}/`;
  const sent: Request[] = [];
  page.on('request', request => {
    if (request.url().includes('/jupyterlab-codeartifact/api/')) {
      sent.push(request);
    }
  });
  await scenario('ok', hub);
  await page.goto(`${hub.url}hub/login`);
  await page.getByLabel('Username').fill(hub.user);
  await page.getByLabel('Password').fill(hub.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await openPanel(page);
  const click = (name: string, of: Page = page) =>
    panelOf(of).getByRole('button', { name, exact: true }).first().click();
  await click('Connect');
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  expect(readFileSync(`${hub.home}/.config/pip/pip.conf`, 'utf8')).toContain('isolatedsm');

  await page.locator('.jp-LauncherCard[data-category="Notebook"]').first().click();
  const cell = page.locator('.jp-NotebookPanel:visible .jp-CodeCell').first();
  const printed = await run(page, cell, '%pip download --no-deps --no-cache-dir --dest downloaded six');
  expect(printed).toContain('Successfully downloaded six');
  expect(printed).toContain('isolatedsm');

  await scenario('refused', hub);
  await click('Check now');
  await expect(headlineOf(page, 'Refused at the API endpoint')).toBeVisible({ timeout: 15_000 });
  await scenario('ok', hub);
  await click('Check now');
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });

  // What one window does shows in the other: the events come through the proxy, too.
  const other = await page.context().newPage();
  await other.goto(`${hub.url}user/${hub.user}/lab/workspaces/other?reset`);
  await openPanel(other);
  await expect(headlineOf(other, 'Connected')).toBeVisible({ timeout: 15_000 });
  await click('Disconnect', other);
  await expect(headlineOf(other, 'Ready to connect')).toBeVisible({ timeout: 15_000 });
  await page.bringToFront();
  await expect(headlineOf(page, 'Ready to connect')).toBeVisible({ timeout: 15_000 });
  expect(existsSync(`${hub.home}/.netrc`)).toBe(false);

  expect(sent.map(request => new URL(request.url()).pathname).filter(path => !path.startsWith(base))).toEqual(
    []
  );
  const posts = await Promise.all(
    sent.filter(request => request.method() === 'POST').map(request => request.allHeaders())
  );
  expect(posts.length).toBeGreaterThan(2);
  expect(posts.filter(headers => !headers['x-xsrftoken'])).toEqual([]);
});
