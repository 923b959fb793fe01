import { expect, test } from '@playwright/test';
import { scenario } from './demo-server';
import { headlineOf, open, panelOf, post } from './panel-page';

/** A cell whose installation fails at our index is answered under it: by real pip's own words. */

test.afterEach(() => scenario('ok'));

test('what pip does not find is answered under its cell', async ({ page }) => {
  await scenario('ok');
  await post(page, 'disconnect');
  await open(page);
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  const cell = page.locator('.jp-CodeCell').first();
  const banner = page.getByRole('note', { name: 'CodeArtifact' });
  const run = async (source: string): Promise<void> => {
    // A cell that is run before its kernel is there is not run at all.
    await expect(page.getByText(/\| Idle/).first()).toBeVisible({ timeout: 60_000 });
    await cell.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(source);
    await page.keyboard.press('Control+Enter');
  };
  await run('%pip install --retries 0 no-such-package');
  await expect(banner).toContainText('isolatedsm has no such package or version.', { timeout: 60_000 });
  await page.screenshot({ path: 'ui-tests/results/screens/sensor-nothing.png' });

  await banner.getByRole('button', { name: 'Not here' }).click();
  await expect(banner).toHaveCount(0);
});
