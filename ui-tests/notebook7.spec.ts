import { expect, test } from '@playwright/test';
import { consoleOf } from './notebook-page';
import { startDemo } from './start-demo';

test('Notebook 7: the panel is under View, and connects', async ({ page }) => {
  const { demo, stop } = await startDemo('build/ui-notebook', ['--without-pip', '--app', 'notebook']);
  try {
    const told = consoleOf(page);
    await page.goto(demo.url);
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    await page.getByText('Left Sidebar', { exact: true }).hover();
    await page.getByRole('menuitem', { name: /CodeArtifact/ }).click();
    const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
    await panel.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(panel.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
      timeout: 15_000
    });
    // This page has no editor for settings: the gear shows the panel's own fields.
    await panel.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(panel.getByRole('button', { name: 'Keep the present one' })).toBeVisible();
    await expect(panel.getByRole('radio').first()).toBeVisible({ timeout: 15_000 });
    // Core's shortcuts plugin throws by itself when any plugin's settings are there before its own (its pluginChanged slot).
    expect(told.filter(each => /codeartifact/i.test(each))).toEqual([]);
    await page.screenshot({ path: 'ui-tests/results/screens/notebook7.png' });
  } finally {
    await stop();
  }
});
