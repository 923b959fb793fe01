import { expect, test } from '@playwright/test';
import { demo, scenario } from './demo-server';
import { headlineOf, open, openAnew, panelOf, post, watch } from './panel-page';

/** What the panel says holds until something else is true. */

test.afterEach(() => scenario('ok'));

test('the first opening in a black hole tells the hop, who and the request, without a click', async ({
  page
}) => {
  const url = `${new URL(demo().url).origin}/lab/api/settings/jupyterlab-codeartifact:plugin`;
  const headers = { Authorization: `token ${demo().token}` };
  const { raw } = (await (await page.request.get(url, { headers })).json()) as { raw: string };
  const choose = (settings: string) => page.request.put(url, { headers, data: { raw: settings } });
  await scenario('ok');
  await post(page, 'disconnect');
  expect((await choose('{}')).ok()).toBe(true);
  try {
    await scenario('no-endpoints');
    const asked = page.waitForRequest(request => /\/diagnose\b/.test(request.url()));
    await open(page);
    await asked;
    // The ladder's own limit is 3.5 s; the rest is for a slow machine.
    await expect(headlineOf(page, 'Timeout at the API endpoint')).toBeVisible({ timeout: 8_000 });
    await expect(panelOf(page)).toContainText(/Your .* can fix this/);
    await expect(panelOf(page).getByRole('button', { name: 'Copy request' })).toBeVisible();
    await page.screenshot({ path: 'ui-tests/results/screens/first-timeout.png' });

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await panelOf(page).getByRole('button', { name: 'Copy request' }).click();
    await expect(panelOf(page)).toContainText(/Copied\. Send it to your/);
    const request = await page.evaluate(() => navigator.clipboard.readText());
    expect(request).toContain('CodeArtifact: Timeout at the API endpoint');
    expect(request.split('\n').length).toBeLessThanOrEqual(17);

    await scenario('ok');
    const watched = await watch(page);
    await panelOf(page).getByRole('button', { name: 'Check now' }).first().click();
    await expect(panelOf(page).getByRole('radio').first()).toBeVisible({ timeout: 15_000 });
    await page.screenshot({ path: 'ui-tests/results/screens/first-picker.png' });
    // The second click of two.
    await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).press('Enter');
    await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
    expect((await watched()).lostFocus).toEqual([]);
    await expect(panelOf(page).locator(':focus')).toHaveCount(1);
  } finally {
    await choose(raw);
  }
});

test('after a reload what is broken is shown as before, and that somebody was asked', async ({ page }) => {
  await openAnew(page);
  await scenario('no-endpoints');
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(headlineOf(page, 'Timeout at the API endpoint')).toBeVisible({ timeout: 15_000 });
  await panelOf(page).getByRole('button', { name: 'Copy request' }).click();
  await expect(panelOf(page)).toContainText(/Copied\. Send it/);
  await expect
    .poll(async () => {
      const { origin } = new URL(demo().url);
      const answer = await page.request.get(`${origin}/lab/api/workspaces/default`, {
        headers: { Authorization: `token ${demo().token}` }
      });
      return JSON.stringify(await answer.json());
    })
    .toContain('"jupyterlab-codeartifact:asked":{"at":');
  await page.reload();
  await expect(headlineOf(page, 'Timeout at the API endpoint')).toBeVisible({ timeout: 60_000 });
  await expect(panelOf(page)).toContainText(/Copied\. Send it|The request was copied at/);
});
