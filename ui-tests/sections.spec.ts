import { expect, test, type Page } from '@playwright/test';
import { demo } from './demo-server';
import { headlineOf, openAnew, panelOf } from './panel-page';

/** In the workspace, when it is kept for the next load. */
const MOVED = /"jupyterlab-codeartifact-panel": ?\[\{"sourceId"/;

const savedSections = async (page: Page): Promise<string> => {
  const answer = await page.request.get(`${new URL(demo().url).origin}/lab/api/workspaces/default`, {
    headers: { Authorization: `token ${demo().token}` }
  });
  return answer.text();
};

/** As "JupyterLab 4.6.6"; versions of one figure each compare as texts. */
async function versionOf(page: Page): Promise<string> {
  const config = JSON.parse((await page.locator('#jupyter-config-data').textContent()) ?? '') as {
    appVersion: string;
  };
  return `JupyterLab ${config.appVersion}`;
}

test('a section of another side bar can be moved into the panel, and back', async ({ page }) => {
  await openAnew(page);
  await page
    .getByRole('tab', { name: /Running/ })
    .first()
    .click();
  const running = page.locator('#jp-running-sessions');
  const title = running.locator('.jp-AccordionPanel-title', { hasText: 'Kernels' });
  await title.click({ button: 'right' });
  const move = page.getByRole('menuitem', { name: 'Move to CodeArtifact' });
  if ((await versionOf(page)) < 'JupyterLab 4.6') {
    // Its titles have no menu, and sections stay where they are.
    await expect(move).toHaveCount(0);
    return;
  }
  await move.click();
  await page
    .getByRole('tab', { name: /CodeArtifact/ })
    .first()
    .click();
  const moved = panelOf(page).locator('.jp-AccordionPanel-title', { hasText: 'Kernels' });
  await expect(moved).toBeVisible();
  await expect(headlineOf(page, 'Ready to connect')).toBeVisible();
  await expect.poll(() => savedSections(page)).toMatch(MOVED);
  await expect(
    panelOf(page)
      .getByText(/CodeArtifact\.ipynb|Python 3/)
      .first()
  ).toBeVisible();
  await page.screenshot({ path: 'ui-tests/results/screens/moved-section.png' });
  await moved.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Move back to/ }).click();
  await expect(moved).toBeHidden();
  await expect(title).toBeAttached();
  await expect.poll(() => savedSections(page)).not.toMatch(MOVED);
});
