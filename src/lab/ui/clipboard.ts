import { Clipboard } from '@jupyterlab/apputils';

/**
 * Puts a text on the clipboard. The browser's own way needs a secure page, which a JupyterLab behind plain
 * http is not; JupyterLab's way does without.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    Clipboard.copyToSystem(text);
  }
}
