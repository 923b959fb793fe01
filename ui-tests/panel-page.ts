import { expect, type Page } from '@playwright/test';
import { demo, scenario, type Demo } from './demo-server';

export const panelOf = (page: Page) => page.getByRole('region', { name: 'CodeArtifact' }).first();

/** Opens JupyterLab with the panel in front, whether or not it was restored. */
export async function open(page: Page, where: Demo = demo()): Promise<void> {
  await page.goto(where.url);
  const tab = page.getByRole('tab', { name: /CodeArtifact/ }).first();
  await expect(tab).toBeVisible({ timeout: 60_000 });
  // The layout is restored at its own time: a click on the tab of an open panel would close it.
  await expect(async () => {
    if (!(await panelOf(page).isVisible())) {
      await tab.click();
    }
    await expect(panelOf(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

/** A request as another program of the user's would make it. */
export const post = (page: Page, verb: string, where: Demo = demo()) =>
  page.request.post(`${new URL(where.url).origin}/jupyterlab-codeartifact/api/v1/${verb}`, {
    headers: { Authorization: `token ${where.token}` }
  });

/** The same without a connection, in a world where everything answers, whatever a test before has left. */
export async function openAnew(page: Page): Promise<void> {
  await scenario('ok');
  await post(page, 'disconnect');
  await open(page);
}

export const headlineOf = (page: Page, name: string | RegExp) =>
  panelOf(page).getByRole('heading', { name, exact: typeof name === 'string' });

/** What the panel said and showed, each once, in the order in which it appeared. */
export interface Seen {
  readonly headlines: string[];
  readonly spoken: string[];
  readonly buttons: string[];
  /** The headlines under which the focus was on nothing. */
  readonly lostFocus: string[];
}

/** Notes every headline, announcement and row of buttons from now on: also those that stay for one frame only. */
export async function watch(page: Page): Promise<() => Promise<Seen>> {
  await page.evaluate(() => {
    const seen: Record<string, string[]> = { headlines: [], spoken: [], buttons: [], focus: [] };
    Object.assign(window, { codeArtifactSeen: seen });
    const note = (name: string, value: string): void => {
      if (seen[name][seen[name].length - 1] !== value) {
        seen[name].push(value);
      }
    };
    const look = (): void => {
      const panel = document.querySelector('.jp-CodeArtifact');
      const text = (selector: string): string => panel?.querySelector(selector)?.textContent ?? '';
      note('headlines', text('.jp-CodeArtifact-headline h3'));
      note('spoken', text('[role=status]'));
      const buttons = panel?.querySelectorAll('.jp-CodeArtifact-status .jp-CodeArtifact-actions button');
      note('buttons', [...(buttons ?? [])].map(button => button.textContent).join(', '));
      // Where it is when a person can press a key again.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) {
          note('focus', text('.jp-CodeArtifact-headline h3'));
        }
      });
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true
    });
  });
  return async () => {
    const seen = await page.evaluate(
      () => (window as unknown as { codeArtifactSeen: Record<string, string[]> }).codeArtifactSeen
    );
    return {
      headlines: seen.headlines,
      spoken: seen.spoken,
      buttons: seen.buttons,
      lostFocus: seen.focus
    };
  };
}
