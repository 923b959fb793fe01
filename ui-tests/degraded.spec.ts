import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDemo } from './start-demo';

test('without a Node that runs the server starts, and the panel says what to install', async ({ page }) => {
  const { demo, stop } = await startDemo('build/ui-node', [
    '--without-pip',
    '--CodeArtifactApp.node_path=/nowhere/node'
  ]);
  try {
    await page.goto(demo.url);
    await page
      .getByRole('tab', { name: /CodeArtifact/ })
      .first()
      .click();
    const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
    await expect(panel.getByRole('heading', { name: 'The engine cannot start' })).toBeVisible();
    await expect(panel).toContainText('JupyterLab itself is not affected');
    await expect(panel.getByRole('button', { name: 'Look again' })).toBeVisible();
    await page.screenshot({ path: 'ui-tests/results/screens/node-missing.png' });
  } finally {
    await stop();
  }
});

test('without the server part the panel says so, with the command that fixes it', async ({ page }) => {
  const config = resolve('ui-tests/without-server-part.json');
  const { demo, stop } = await startDemo('build/ui-server', ['--without-pip', `--config=${config}`]);
  try {
    await page.goto(demo.url);
    await page
      .getByRole('tab', { name: /CodeArtifact/ })
      .first()
      .click();
    const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
    await expect(panel.getByRole('heading', { name: 'The server part is missing' })).toBeVisible();
    await expect(panel).toContainText('pip install');
    await page.screenshot({ path: 'ui-tests/results/screens/server-missing.png' });
  } finally {
    await stop();
  }
});
