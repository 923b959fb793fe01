import { expect, test, type Page, type Request } from '@playwright/test';
import { demo, scenario } from './demo-server';

/** What an open panel sends: it follows the server, which looks on by itself. */

const panelOf = (page: Page) => page.getByRole('region', { name: 'CodeArtifact' }).first();
const heading = (page: Page, name: string | RegExp) => panelOf(page).getByRole('heading', { name }).first();
const API = '/jupyterlab-codeartifact/api/v1/';

async function open(page: Page): Promise<void> {
  await page.goto(demo().url);
  const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
  await expect(tab).toBeVisible({ timeout: 60_000 });
  await expect(async () => {
    if (!(await panelOf(page).isVisible())) {
      await tab.click();
    }
    await expect(panelOf(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

const click = (page: Page, name: string | RegExp) =>
  panelOf(page).getByRole('button', { name, exact: true }).first().click();

test.beforeEach(async ({ page }) => {
  await scenario('ok');
  await page.request.post(new URL(`${API}disconnect`, demo().url).href, {
    headers: { Authorization: `token ${demo().token}` }
  });
  await open(page);
});

test.afterEach(() => scenario('ok'));

test('a state that is as it was is answered 304, and the panel shows it', async ({ page }) => {
  await click(page, 'Connect');
  await expect(heading(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  const again = async () => {
    const answer = page.waitForResponse(response => response.url().includes(`${API}state`));
    const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
    await tab.click();
    await tab.click();
    return (await answer).status();
  };
  // After the answer to the click, the first reading has the whole of it.
  await again();
  expect([await again(), await again()]).toEqual([304, 304]);
  await expect(heading(page, 'Connected')).toBeVisible();
});

test('a repair shows by itself, and the page has asked for no check', async ({ page }) => {
  await scenario('refused');
  await click(page, 'Connect');
  await expect(heading(page, /^Refused/)).toBeVisible({ timeout: 15_000 });
  const sent: Request[] = [];
  page.on('request', request => request.url().includes(API) && sent.push(request));
  await scenario('ok');
  await expect(heading(page, 'Connected')).toBeVisible({ timeout: 30_000 });
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.map(request => request.method()).filter(method => method !== 'GET')).toEqual([]);
});
