import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { demo, scenario } from './demo-server';
import { consoleOf } from './notebook-page';
import { headlineOf, openAnew, panelOf, post } from './panel-page';

/** A known start: all right, and nothing connected. */
async function disconnected(page: Page): Promise<void> {
  await openAnew(page);
  await expect(panelOf(page).getByRole('button', { name: 'Connect', exact: true })).toBeVisible({
    timeout: 30_000
  });
}

test.afterEach(() => scenario('ok'));

test('axe finds nothing in the panel: ready, connected, denied and timeout; nor has the console anything of ours', async ({
  page
}) => {
  const fine = async (heading: string | RegExp): Promise<void> => {
    await expect(headlineOf(page, heading).first()).toBeVisible({ timeout: 15_000 });
    const { violations } = await new AxeBuilder({ page }).include('.jp-CodeArtifact').analyze();
    expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' | ')}`)).toEqual([]);
  };
  const click = (name: string) => panelOf(page).getByRole('button', { name, exact: true }).first().click();
  const told = consoleOf(page);
  await disconnected(page);
  await fine('Ready to connect');
  await scenario('no-role-permission');
  await click('Connect');
  await fine(/^AccessDenied/);
  await scenario('no-endpoints');
  await click('Check now');
  await fine('Timeout at the API endpoint');
  await scenario('ok');
  await click('Check now');
  await fine('Connected');
  expect(told.filter(each => /codeartifact/i.test(each))).toEqual([]);
});

test('Cancel ends a connect in a black hole at once', async ({ page }) => {
  await disconnected(page);
  await scenario('no-endpoints');
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await panelOf(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(panelOf(page).getByRole('heading', { name: 'Cancelled', exact: true })).toBeVisible({
    timeout: 2_500
  });
});

/** The left sidebar as JupyterLab has saved it for the next load. */
async function savedSidebar(page: Page): Promise<unknown> {
  const { origin } = new URL(demo().url);
  const answer = await page.request.get(`${origin}/lab/api/workspaces/default`, {
    headers: { Authorization: `token ${demo().token}` }
  });
  const { data } = (await answer.json()) as {
    data: Record<string, { left?: { current?: string; collapsed?: boolean } }>;
  };
  const left = data['layout-restorer:data']?.left;
  return { current: left?.current, collapsed: left?.collapsed };
}

test('the panel and the connection are there after a reload', async ({ page }) => {
  await disconnected(page);
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panelOf(page).getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 15_000
  });
  await expect
    .poll(() => savedSidebar(page))
    .toEqual({ current: 'jupyterlab-codeartifact-panel', collapsed: false });
  await page.reload();
  await expect(panelOf(page).getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 60_000
  });
});

test('what happens outside the panel shows in it', async ({ page }) => {
  await disconnected(page);
  const answer = (await (await post(page, 'connect')).json()) as { verdict: string };
  expect(answer.verdict).toBe('ok');
  await expect(panelOf(page).getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 15_000
  });
});

test('no token and no AWS secret is in anything the browser sees', async ({ page }) => {
  const bodies: string[] = [];
  page.on('response', response => {
    if (response.url().includes('codeartifact')) {
      void response.text().then(
        text => bodies.push(text),
        () => undefined
      );
    }
  });
  const frames: string[] = [];
  page.on('websocket', socket => socket.on('framereceived', frame => frames.push(String(frame.payload))));
  await disconnected(page);
  await panelOf(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panelOf(page).getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({
    timeout: 15_000
  });
  const { readFileSync } = await import('node:fs');
  const token = /password (\S+)/.exec(readFileSync(`${demo().home}/.netrc`, 'utf8'))?.[1] ?? '';
  expect(token.length).toBeGreaterThan(100);
  const seen = [...bodies, ...frames, await page.content()].join('\n');
  expect(seen.includes(token)).toBe(false);
  expect(seen.includes(Buffer.from(`aws:${token}`).toString('base64'))).toBe(false);
});
