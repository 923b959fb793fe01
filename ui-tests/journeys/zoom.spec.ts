import { expect, test, type Page } from '@playwright/test';
import { scenario } from '../demo-server';
import { headlineOf, openAnew, panelOf } from '../panel-page';

/** At 200 %: the browser then has half of the pixels of its window for the page, each drawn twice as large. */
test.use({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });

test.afterEach(() => scenario('ok'));

/** Boxes of the panel that are wider than what shows them, and texts that something covers or cuts off. */
const clipped = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector<HTMLElement>('.jp-CodeArtifact')!;
    const { left, right } = panel.getBoundingClientRect();
    const name = (e: Element): string => `${e.tagName} ${e.className} ${e.textContent?.trim().slice(0, 30)}`;
    const shown = [...panel.querySelectorAll<HTMLElement>('*')].filter(
      e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.jp-CodeArtifact-unseen')
    );
    return [
      // No horizontal scrolling, but in code, which is scrolled in a box of its own.
      ...[panel, ...shown]
        .filter(
          e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
        )
        .filter(e => !e.matches('pre, pre *'))
        .map(e => `scrolls: ${name(e)}`),
      ...shown
        .filter(e => !e.closest('pre'))
        .filter(e => {
          const box = e.getBoundingClientRect();
          return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
        })
        .map(e => `outside: ${name(e)}`),
      ...shown
        .filter(e => e.matches('button, h2, h3, p, td, dd, dt, li, time, summary'))
        .filter(e => getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1)
        .map(e => `cut: ${name(e)}`)
    ];
  });

/** Every button can be scrolled to, and is on top there. */
async function pressable(page: Page): Promise<void> {
  for (const button of await panelOf(page).getByRole('button').all()) {
    if (await button.isEnabled()) {
      await button.click({ trial: true });
    }
  }
}

test('at 200 % nothing is cut off, nothing scrolls sideways, and every button is reached', async ({
  page
}) => {
  await openAnew(page);
  const panel = panelOf(page);
  await expect(headlineOf(page, 'Ready to connect')).toBeVisible({ timeout: 15_000 });
  const look = async (picture: string): Promise<void> => {
    expect(await clipped(page)).toEqual([]);
    await pressable(page);
    await page.screenshot({ path: `ui-tests/results/screens/zoom-${picture}.png` });
  };
  await look('ready');
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
  await look('connected');
  await scenario('no-endpoints');
  await panel.getByRole('button', { name: 'Check now' }).first().click();
  await expect(headlineOf(page, 'Timeout at the API endpoint')).toBeVisible({ timeout: 15_000 });
  const closed = panel.locator('button[aria-expanded="false"]:not([aria-haspopup])');
  while ((await closed.count()) > 0) {
    await closed.first().click();
  }
  await look('timeout');
});
