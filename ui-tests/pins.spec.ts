import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDemo } from './start-demo';

// The environment's own settings folder: where an administrator, or a lifecycle script, puts pins.
const OVERRIDES = '.venv/share/jupyter/lab/settings/overrides.json';

const PINS = {
  'jupyterlab-codeartifact:plugin': {
    domain: 'analytics',
    domainOwner: '111122223333',
    repository: 'isolatedsm',
    pinned: ['domain', 'domainOwner', 'repository']
  }
};

test.afterAll(() => rmSync(OVERRIDES, { force: true }));

test('an administrator pins the repository: shown locked, held against the user and a hand-made request', async ({
  page
}) => {
  mkdirSync(dirname(OVERRIDES), { recursive: true });
  writeFileSync(OVERRIDES, JSON.stringify(PINS));
  const own = { domain: 'analytics', domainOwner: '111122223333', repository: 'scratch' };
  const { demo, stop } = await startDemo('build/ui-pins', [
    '--without-pip',
    '--settings',
    JSON.stringify(own)
  ]);
  try {
    await page.goto(demo.url);
    await page
      .getByRole('tab', { name: /CodeArtifact/ })
      .first()
      .click();
    const panel = page.getByRole('region', { name: 'CodeArtifact' }).first();
    await expect(panel.getByRole('heading', { name: 'Ready to connect' })).toBeVisible();
    await expect(panel).toContainText('Your administrator set the fields with a lock');
    await expect(panel).toContainText('overrides.json');
    await expect(panel).toContainText('scratch');
    await page.screenshot({ path: 'ui-tests/results/screens/pinned.png' });

    const refused = await page.request.post(
      `http://127.0.0.1:${demo.port}/jupyterlab-codeartifact/api/v1/connect`,
      {
        headers: { Authorization: `token ${demo.token}` },
        data: { repository: 'scratch' }
      }
    );
    expect(refused.status()).toBe(400);

    await panel.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(panel.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
      timeout: 15_000
    });
    const written = readFileSync(`${demo.home}/.config/pip/pip.conf`, 'utf8');
    expect(written).toContain('/pypi/isolatedsm/simple/');
  } finally {
    await stop();
  }
});
