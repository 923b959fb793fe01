import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { demo, scenario } from './demo-server';
import { idle, write } from './notebook-page';
import { headlineOf, openAnew, panelOf } from './panel-page';

/** A cell whose installation fails at our index is answered under it: by real pip's own words. */

test.afterEach(() => scenario('ok'));

test('what pip does not find, and what the index refuses, is answered under its cell', async ({ page }) => {
  await openAnew(page);
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  const cell = page.locator('.jp-CodeCell').first();
  const banner = page.getByRole('note', { name: 'CodeArtifact' });
  await idle(page);
  await write(page, cell, '%pip install --retries 0 no-such-package');
  await page.keyboard.press('Control+Enter');
  await expect(banner).toContainText('isolatedsm has no such package or version.', { timeout: 60_000 });
  await page.screenshot({ path: 'ui-tests/results/screens/sensor-nothing.png' });

  // Another program has put another token there: the files say one thing, the engine another.
  const netrc = `${demo().home}/.netrc`;
  const before = readFileSync(netrc, 'utf8');
  const checked = page.waitForRequest(request => /\/diagnose\b/.test(request.url()));
  try {
    writeFileSync(netrc, before.replace(/password \S+/, 'password stale'), { mode: 0o600 });
    await idle(page);
    await write(page, cell, '%pip install --retries 0 --no-cache-dir --force-reinstall six');
    await page.keyboard.press('Control+Enter');
    expect((await checked).url()).toContain('no_track_activity=1');
    await expect(banner).toContainText('so the index refused pip', { timeout: 60_000 });
    await expect(banner.getByRole('button', { name: 'Why?' })).toBeVisible();
    await page.screenshot({ path: 'ui-tests/results/screens/sensor-refused.png' });
  } finally {
    writeFileSync(netrc, before, { mode: 0o600 });
  }
  await banner.getByRole('button', { name: 'Not here' }).click();
  await expect(banner).toHaveCount(0);
  // pip still waits for the name of a user.
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await page.keyboard.press('i');
  await idle(page);
});
