import { expect, test, type Page } from '@playwright/test';
import { scenario } from '../demo-server';
import { idle } from '../notebook-page';
import { headlineOf, openAnew, panelOf, watch } from '../panel-page';

/** The whole panel without a mouse: every control is reached by Tab and Shift+Tab or by arrow keys, and the focus is never lost. */

test.afterEach(() => scenario('ok'));

/** Says of the element that has the focus what a person would call it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) {
      return 'nothing';
    }
    if (!element.closest('.jp-CodeArtifact')) {
      return 'outside';
    }
    const all = [...document.querySelectorAll('.jp-CodeArtifact *')];
    return `${all.indexOf(element)} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`;
  });

/** The controls that Tab must reach: all that are shown and enabled; of radio buttons and of a toolbar's or list's items that take one stop together, that one. */
const stops = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('.jp-CodeArtifact *')];
    return all
      .filter(
        element =>
          element.tabIndex >= 0 &&
          element.matches('button, a[href], input, select, textarea, summary, [tabindex]') &&
          !element.matches(':disabled') &&
          element.checkVisibility({ visibilityProperty: true }) &&
          !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked)
      )
      .map(element => ({
        index: all.indexOf(element),
        name: element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
      }))
      .map(({ index, name }) => `${index} ${name}`);
  });

/** What is loaded meanwhile moves the places; the names stay. */
const names = (all: readonly string[]): string[] => all.map(each => each.replace(/^\d+ /, ''));

/** Walks from the panel's first control to its last by Tab, and back by Shift+Tab; every stop has a ring. */
async function walkOnce(page: Page): Promise<void> {
  const wanted = await stops(page);
  await page.evaluate(
    index => {
      (document.querySelectorAll('.jp-CodeArtifact *')[index] as HTMLElement).focus();
    },
    Number(wanted[0].split(' ')[0])
  );
  const there: string[] = [await focused(page)];
  while (there.length < wanted.length) {
    await page.keyboard.press('Tab');
    there.push(await focused(page));
  }
  expect(names(there)).toEqual(names(wanted));
  const back: string[] = [await focused(page)];
  while (back.length < wanted.length) {
    await page.keyboard.press('Shift+Tab');
    back.push(await focused(page));
  }
  expect(names(back)).toEqual(names(wanted).reverse());
}

/** Again, if something that was loaded or checked meanwhile has changed the stops. */
const walk = (page: Page) => expect(() => walkOnce(page)).toPass({ timeout: 20_000 });

/** Tabs to a control of the panel, from wherever the focus is in it. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = panelOf(page).getByRole('button', { name, exact: true }).first();
  await expect(target).toBeEnabled({ timeout: 15_000 });
  const all = await stops(page);
  const at = all.indexOf(await focused(page));
  const to = all.findIndex(each => each.replace(/^\d+ /, '') === name);
  expect(to, `${name} of ${all.join(', ')}`).toBeGreaterThanOrEqual(0);
  for (let i = at; i < to; i++) {
    await page.keyboard.press('Tab');
  }
  for (let i = at; i > to; i--) {
    await page.keyboard.press('Shift+Tab');
  }
  await expect(target).toBeFocused();
}

test('the keyboard alone does everything, and the focus is never on nothing', async ({ page }) => {
  test.setTimeout(180_000);
  await openAnew(page);
  // A notebook that opens takes the focus, at its own time.
  await idle(page);
  const panel = panelOf(page);
  const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
  await tab.click();
  await expect(panel).toBeHidden();
  await page.locator('.jp-MarkdownCell').first().click();

  // The panel's own shortcut. Pressed again where the notebook took the focus back: its kernel was not ready.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+Alt+p');
    await expect(panel.getByRole('button', { name: 'Connect', exact: true })).toBeFocused({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  const watched = await watch(page);
  await walk(page);
  await tabTo(page, 'Connect');
  await page.keyboard.press('Enter');
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  await expect(panel.locator(':focus')).toHaveCount(1);

  // Every section is opened by its heading; then all that is in them is reached.
  for (;;) {
    const closed = panel.locator('button[aria-expanded="false"]:not([aria-haspopup])').first();
    if ((await closed.count()) === 0) {
      break;
    }
    await closed.focus();
    await page.keyboard.press('Enter');
    await expect(panel.locator(':focus')).toHaveAttribute('aria-expanded', 'true');
  }
  const packages = panel.getByLabel('Search packages').or(panel.getByText('holds no package yet'));
  await expect(packages.first()).toBeVisible({ timeout: 15_000 });
  await walk(page);

  // The menu: Escape gives the focus back, and a chosen command has it.
  await tabTo(page, 'More actions');
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(panel.getByRole('button', { name: 'More actions' })).toBeFocused();
  const choose = async (name: string): Promise<void> => {
    await tabTo(page, 'More actions');
    await page.keyboard.press('Enter');
    const item = menu.getByRole('menuitem', { name });
    await expect(item).toBeVisible();
    await expect(async () => {
      await page.keyboard.press('ArrowDown');
      await expect(item).toHaveClass(/lm-mod-active/, { timeout: 200 });
    }).toPass();
    await page.keyboard.press('Enter');
  };
  await choose('Preview changes');
  await expect(panel.getByRole('button', { name: 'Close the preview' })).toBeFocused();
  await walk(page);
  await tabTo(page, 'Close the preview');
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: 'More actions' })).toBeFocused();

  // The form: pip is run by Enter in the field, and Escape closes it.
  await choose('Test installation');
  await expect(panel.getByLabel('Kernel')).toBeFocused({ timeout: 15_000 });
  await page.keyboard.press('Tab');
  await expect(panel.getByLabel('Package', { exact: true })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('rm -rf');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('Give one package’s name');
  await walk(page);
  await tabTo(page, 'Close the test');
  await page.keyboard.press('Enter');
  await expect(panel.locator(':focus')).toHaveCount(1);

  // Another repository: radio buttons by arrow keys.
  await choose('Choose another repository');
  await expect(panel.getByRole('radio').first()).toBeVisible({ timeout: 15_000 });
  await expect(panel.locator(':focus')).toHaveCount(1);
  await walk(page);
  await tabTo(page, 'Keep the present one');
  await page.keyboard.press('Enter');
  await expect(panel.locator(':focus')).toHaveCount(1);

  // What is broken has its own buttons.
  await scenario('no-endpoints');
  await tabTo(page, 'Check now');
  await page.keyboard.press('Enter');
  await expect(headlineOf(page, 'Timeout at the API endpoint')).toBeVisible({ timeout: 15_000 });
  await expect(panel.locator(':focus')).toHaveCount(1);
  await walk(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await tabTo(page, 'Copy request');
  await page.keyboard.press('Space');
  await expect(panel).toContainText(/Copied\. Send it to your/);
  await expect(panel.getByRole('button', { name: 'Copy request' })).toBeFocused();

  await scenario('ok');
  await tabTo(page, 'Disconnect');
  await page.keyboard.press('Enter');
  await expect(headlineOf(page, 'Ready to connect')).toBeVisible({ timeout: 15_000 });
  await expect(panel.locator(':focus')).toHaveCount(1);
  expect((await watched()).lostFocus).toEqual([]);
});
