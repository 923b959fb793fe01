import { expect, type Locator, type Page } from '@playwright/test';

/** Until the kernel is there and has nothing to do: a cell that is run before is not run at all. */
export const idle = (page: Page) =>
  expect(page.getByText(/\| Idle/).first()).toBeVisible({ timeout: 60_000 });

/** Puts the cursor into a cell, and `source` in place of what is in it. */
export async function write(page: Page, cell: Locator, source: string): Promise<void> {
  await cell.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(source);
}

/** Runs a cell to its end, and gives what it printed. */
export async function run(page: Page, cell: Locator, source?: string): Promise<string> {
  await idle(page);
  if (source === undefined) {
    await cell.locator('.cm-content').click();
  } else {
    await write(page, cell, source);
  }
  const prompt = cell.locator('.jp-InputPrompt');
  const before = await prompt.innerText();
  // The kernel can be idle before the notebook is connected to it.
  await expect(async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
    await expect(prompt).not.toHaveText(before, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(prompt).toHaveText(/\[\d+\]:/, { timeout: 60_000 });
  await idle(page);
  return (await cell.locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
}

/** What a page tells its console, and what it throws, from now on. */
export function consoleOf(page: Page): string[] {
  const told: string[] = [];
  page.on('console', message => {
    if (['warning', 'error'].includes(message.type())) {
      told.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', error => told.push(`thrown: ${error.stack ?? error.message}`));
  return told;
}
