import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { demo, scenario } from '../demo-server';
import { run } from '../notebook-page';
import { headlineOf, openAnew, panelOf, post, watch } from '../panel-page';

/** What the panel says holds until something else is true. */

test.afterEach(() => scenario('ok'));

test('connect, install, ten checks of a broken world, repair, disconnect: nothing untrue on the way', async ({
  page
}) => {
  await openAnew(page);
  const panel = panelOf(page);
  const click = (name: string) => panel.getByRole('button', { name, exact: true }).first().click();
  await click('Connect');
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  const cell = page.locator('.jp-CodeCell').first();
  expect(await run(page, cell, '%pip install --force-reinstall --no-cache-dir six')).toContain(
    'Successfully installed six'
  );

  await scenario('repositories-missing');
  await click('Check now');
  await expect(headlineOf(page, 'Timeout at the repository endpoint')).toBeVisible({ timeout: 15_000 });
  await expect(panel.getByRole('status')).toContainText('step 6 of 7');
  // Nothing is promised that the same picture denies.
  await expect(panel).not.toContainText('pip keeps working');
  /** Checks that another window or the server makes: this page only hears of them. */
  const checks = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done++) {
      const answer = (await (await post(page, 'diagnose')).json()) as { verdict: string };
      expect(answer.verdict).not.toBe('ok');
    }
    await expect(panel).not.toContainText('Checking…', { timeout: 15_000 });
  };
  const silent = await watch(page);
  await checks(2);
  expect(await silent()).toEqual({
    headlines: ['Timeout at the repository endpoint'],
    spoken: [expect.stringContaining('Timeout at the repository endpoint, step 6 of 7.')],
    buttons: ['Copy request, Check now, Disconnect'],
    lostFocus: []
  });

  // What is refused is known at once: eight more checks within a second or two.
  await scenario('refused');
  await post(page, 'diagnose');
  await expect(headlineOf(page, 'Refused at the API endpoint')).toBeVisible({ timeout: 15_000 });
  const refused = await watch(page);
  await checks(8);
  expect(await refused()).toMatchObject({
    headlines: ['Refused at the API endpoint'],
    spoken: [expect.stringContaining('Refused at the API endpoint')],
    lostFocus: []
  });

  // The click is answered where nothing is different, and the verdict stays beside it.
  await click('Check now');
  await expect(panel.getByText('Checked just now: nothing is different yet.').first()).toBeVisible();
  await expect(headlineOf(page, 'Refused at the API endpoint')).toBeVisible();

  await scenario('ok');
  const repaired = await watch(page);
  await click('Check now');
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  await expect(panel).toContainText(/Fixed .*, after /);
  expect((await repaired()).headlines).toEqual(['Refused at the API endpoint', 'Connected']);
  expect((await repaired()).lostFocus).toEqual([]);
  expect(await run(page, cell, '%pip install --force-reinstall --no-cache-dir six')).toContain(
    'Successfully installed six'
  );

  // Which sections are open is remembered.
  const historyButton = panel.getByRole('button', { name: 'History', exact: true });
  if ((await historyButton.getAttribute('aria-expanded')) === 'false') {
    await historyButton.click();
  }
  const history = panel.locator('.jp-CodeArtifact-hist');
  // One repair, and each hop once.
  await expect(history.nth(0)).toContainText('Connection path restored');
  await expect(history.nth(1)).toContainText('Refused at the API endpoint');
  await expect(history.nth(2)).toContainText('Timeout at the repository endpoint');
  await expect(history.nth(3)).toContainText('Connected');

  await click('Disconnect');
  await expect(headlineOf(page, 'Ready to connect')).toBeVisible({ timeout: 15_000 });
  await expect(history.first()).toContainText('Disconnected');
  await expect(panel).not.toContainText(/Fixed .*, after /);
  expect(existsSync(`${demo().home}/.netrc`)).toBe(false);
  await historyButton.click();
});
