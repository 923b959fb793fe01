import { expect, test, type CDPSession } from '@playwright/test';
import { demo, scenario } from './demo-server';

interface Held {
  readonly listeners: number;
  readonly nodes: number;
  readonly megabytes: number;
}

/** What the page holds once the garbage is gone. */
async function held(session: CDPSession): Promise<Held> {
  // Twice: the first collection runs finalizers.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find(each => each.name === name)?.value ?? NaN;
  return { listeners: of('JSEventListeners'), nodes: of('Nodes'), megabytes: of('JSHeapUsedSize') / 1e6 };
}

test('the panel is opened and closed 200 times, and nothing is left behind', async ({ page }) => {
  test.setTimeout(240_000);
  await scenario('ok');
  await page.goto(demo().url);
  const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
  const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
  await expect(tab).toBeVisible({ timeout: 60_000 });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  const heading = panel.getByRole('heading', { level: 3 }).first();
  const openAndClose = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      await tab.click();
      await expect(heading).toBeVisible();
      await tab.click();
      await expect(panel).toBeHidden();
    }
  };
  // JupyterLab restores its layout in its own time, and may open the panel while we look: open it, then close it.
  await expect(async () => {
    if (!(await panel.isVisible())) {
      await tab.click();
    }
    await expect(heading).toBeVisible({ timeout: 1000 });
  }).toPass();
  await tab.click();
  await expect(panel).toBeHidden();
  // What is loaded once, and what JupyterLab keeps of its own, is there after some.
  await openAndClose(20);
  const before = await held(session);
  await openAndClose(200);
  // React lets go of roots in its own time: look until it has, or fail below.
  let after = await held(session);
  for (let look = 0; look < 40 && after.listeners - before.listeners >= 180; look++) {
    await page.evaluate(() => new Promise(done => requestIdleCallback(done)));
    after = await held(session);
  }
  console.log(JSON.stringify({ before, after }));
  // One leak a turn would be 200; a React root alone has 133, and one may be made meanwhile.
  expect(after.listeners - before.listeners).toBeLessThan(180);
  expect(after.nodes - before.nodes).toBeLessThan(200);
  expect(after.megabytes - before.megabytes).toBeLessThan(5);
});
