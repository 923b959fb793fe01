import { execFileSync } from 'node:child_process';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { CLOSE, OPEN, pseudo } from '../testing/translation/pseudo';
import { untranslated } from '../testing/translation/untranslated';
import { scenario } from './demo-server';
import { startDemo } from './start-demo';

/** Names of people's things, what runs, and what was said by others. */
const DATA = 'pre, code, option, bdi, .jp-CodeArtifact-terminal';

/** What is a text of its own, however short: it has brackets, unless it is a name. */
const NAMED = 'button, [role=menuitem], h2, h3, h4, label, legend, th, dt';

/** What is plain English under a node. */
async function plain(node: Locator): Promise<readonly string[]> {
  await expect(node).toBeVisible();
  const sentences = await node.evaluate(
    (root, [code, data]) => (new Function(`return (${code})`)() as typeof untranslated)([root, [], data]),
    [untranslated.toString(), DATA] as const
  );
  const labels = await node.locator(NAMED).evaluateAll(
    (all, data) =>
      all
        .filter(each => each.closest(data) === null)
        .map(each => each.getAttribute('aria-label') ?? each.textContent ?? '')
        .filter(text => /\p{L}/u.test(text)),
    DATA
  );
  return [...sentences, ...labels.filter(text => !text.includes(OPEN))];
}

/** Opens every section and every row of the path. */
async function openAll(panel: Locator): Promise<void> {
  const closed = panel.locator('button[aria-expanded=false]:not([aria-haspopup])');
  while ((await closed.count()) > 0) {
    await closed.first().click();
  }
}

/** What of a text that JupyterLab shows for us is not in the language; JupyterLab's own words are English here. */
const english = async (node: Locator, attribute?: string): Promise<readonly string[]> => {
  await expect(node.first()).toBeAttached();
  const texts = await node.evaluateAll(
    (all, name) => all.map(each => (name ? each.getAttribute(name) : each.textContent) ?? ''),
    attribute
  );
  return texts.filter(text => /\p{L}/u.test(text) && !text.includes(OPEN));
};

/** What JupyterLab shows of ours: settings, the menu, the palette and the notebook's toolbar. */
async function expectOursInJupyterLab(page: Page): Promise<void> {
  const form = page.locator('.jp-SettingsForm');
  await expect(form.getByRole('heading', { name: pseudo('Repository'), exact: true })).toBeVisible();
  expect(await english(page.locator('.jp-PluginList-entry-label-text'))).toEqual([]);
  expect(
    await english(form.locator('h2, h3, label, legend, option, .field-description, [class*=-description]'))
  ).toEqual([]);
  await page
    .locator('.jp-SettingsPanel')
    .screenshot({ path: 'ui-tests/results/screens/pseudo-settings.png' });
  const ours = (command: string): Locator => page.locator(`[data-command${command}]`);
  expect(await english(ours('="jupyterlab-codeartifact:show-panel"'), 'title')).toEqual([]);
  await page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
  expect(await english(page.locator('.lm-Menu').locator(ours('^="jupyterlab-codeartifact:"')))).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Shift+C');
  expect(
    await english(page.locator('.lm-CommandPalette').locator(ours('^="jupyterlab-codeartifact:"')))
  ).toEqual([]);
  await page.keyboard.press('Escape');
}

test('in a pseudo-language no text of the panel stays English', async ({ page }) => {
  execFileSync(process.execPath, ['scripts/pseudo-language.mjs']);
  const { demo, stop } = await startDemo('build/ui-pseudo', ['--without-pip', '--pseudo-language']);
  try {
    await scenario('ok', demo);
    await page.goto(demo.url);
    const panel = page.locator('.jp-CodeArtifact').first();
    const button = (name: string) => panel.getByRole('button', { name: pseudo(name), exact: true });
    const headline = (name: string) =>
      expect(panel.getByRole('heading', { name: pseudo(name) })).toBeVisible();
    await page.getByRole('tab', { name: pseudo('CodeArtifact') }).click();
    await headline('Ready to connect');
    expect(await plain(panel)).toEqual([]);
    await button('More actions').click();
    expect(await plain(page.getByRole('menu').last())).toEqual([]);
    await page.keyboard.press('Escape');

    await button('Connect').click();
    await headline('Connected');
    await openAll(panel);
    expect(await plain(panel)).toEqual([]);
    expect(await plain(page.locator('.jp-CodeArtifactStatus').locator('..'))).toEqual([]);

    await button('Settings').click();
    await expectOursInJupyterLab(page);

    // What the engine says is in the language, too: who refused, and how to change that.
    await scenario('no-role-permission', demo);
    await button('Disconnect').click();
    await headline('Ready to connect');
    await button('Connect').click();
    await expect(panel.getByText(pseudo('Your identity administrator can fix this.')).first()).toBeVisible();
    await openAll(panel);
    expect(await plain(panel)).toEqual([]);
    expect(await panel.innerText()).toContain(CLOSE);
    await page.screenshot({ path: 'ui-tests/results/screens/pseudo-language.png' });
  } finally {
    await stop();
  }
});
