import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { demo, scenario } from '../demo-server';
import { idle, write } from '../notebook-page';
import { headlineOf, panelOf, post } from '../panel-page';

/**
 * JupyterLab takes cells that are out of view out of the page (`full`), or leaves drawing them to the browser
 * (`contentVisibility`). What is said at a cell is there again with the cell.
 */

const NOTEBOOK = 'Windowed.ipynb';
const TRACKER = '/lab/api/settings/@jupyterlab/notebook-extension:tracker';
const LOGIN = '!aws codeartifact login --tool pip --domain analytics --repository isolatedsm';

/** Sixty cells of some lines, and a login at the end. */
function aLongNotebook(): string {
  const cell = (source: string, index: number) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source
  });
  const filler = Array.from({ length: 60 }, (_, i) => `# ${i}\n${'x = 1\n'.repeat(8)}`);
  return JSON.stringify({
    cells: ['', ...filler, LOGIN].map(cell),
    metadata: { kernelspec: { name: 'demo', display_name: 'Python 3 (isolated)', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5
  });
}

const setMode = (page: Page, windowingMode: string | null) =>
  page.request.put(new URL(TRACKER, demo().url).href, {
    headers: { Authorization: `token ${demo().token}` },
    data: { raw: JSON.stringify(windowingMode ? { windowingMode } : {}) }
  });

test.afterEach(async ({ page }) => {
  await scenario('ok');
  await setMode(page, null);
});

for (const mode of ['full', 'contentVisibility']) {
  test(`the answer under a failing cell survives scrolling in a notebook with windowing: ${mode}`, async ({
    page
  }) => {
    await scenario('ok');
    await post(page, 'connect');
    expect((await setMode(page, mode)).ok()).toBe(true);
    writeFileSync(`${demo().notebooks}/${NOTEBOOK}`, aLongNotebook());
    // A workspace of its own: the layout of the other tests has their notebook in it.
    const url = new URL(`/lab/workspaces/windowed/tree/${NOTEBOOK}?reset`, demo().url);
    url.searchParams.set('token', demo().token);
    await page.goto(url.href);
    await idle(page);

    const empty = page.locator('.jp-CodeCell').first();
    const cell = page.locator('.jp-CodeCell', { hasText: '%pip install' });
    const last = page.locator('.jp-CodeCell', { hasText: '!aws codeartifact login' });
    const tab = page.getByRole('tab', { name: NOTEBOOK });
    const banner = cell.getByRole('note', { name: 'CodeArtifact' });
    await write(page, empty, '%pip install --retries 0 no-such-package');
    await page.keyboard.press('Control+Enter');
    await expect(banner).toContainText('isolatedsm has no such package or version.', { timeout: 60_000 });
    await page.keyboard.press('Control+s');
    await expect(tab).not.toHaveClass(/jp-mod-dirty/);

    const scroll = async (by: number, to: () => Promise<void>): Promise<void> => {
      await page.locator('.jp-NotebookPanel .jp-WindowedPanel-outer').hover();
      await expect(async () => {
        await page.mouse.wheel(0, by);
        await to();
      }).toPass({ timeout: 30_000 });
    };
    for (let turn = 0; turn < 2; turn++) {
      await scroll(20_000, async () => {
        // Below the last cell is room for half a page.
        await last.scrollIntoViewIfNeeded({ timeout: 500 });
        await expect(last).toBeInViewport({ timeout: 500 });
      });
      await expect(last.getByRole('note', { name: 'CodeArtifact' })).toContainText('Connect from the panel');
      await expect(banner).not.toBeInViewport();
      await scroll(-20_000, () => expect(banner).toBeInViewport({ timeout: 500 }));
      await expect(banner).toHaveCount(1);
      await expect(banner).toContainText('isolatedsm has no such package or version.');
      // Below the output, with nothing of it cut off.
      const [output, answer] = await Promise.all([
        cell.locator('.jp-OutputArea').boundingBox(),
        banner.boundingBox()
      ]);
      expect(answer!.y).toBeGreaterThanOrEqual(output!.y + output!.height - 1);
    }
    // Nothing of this is in the file.
    await expect(tab).not.toHaveClass(/jp-mod-dirty/);
    await banner.getByRole('button', { name: 'Why?' }).click();
    await expect(headlineOf(page, 'Connected')).toBeVisible({ timeout: 15_000 });
    await expect(panelOf(page).locator(':focus')).toHaveCount(1);
    await post(page, 'disconnect');
    await expect(banner).toHaveCount(0);
  });
}
