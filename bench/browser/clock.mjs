/* global MouseEvent, MutationObserver, performance, PointerEvent, requestAnimationFrame */
/**
 * Times are taken inside the page: from the press to the frame in which the text is there. A look from outside would
 * add its own interval.
 */

/** Runs in the page before anything of it: when the launcher's first card was there, since the navigation. */
export function noteLauncher() {
  new MutationObserver((_, observer) => {
    if (document.querySelector('.jp-LauncherCard')) {
      observer.disconnect();
      requestAnimationFrame(() => Object.assign(window, { launcherAt: performance.now() }));
    }
  }).observe(document, { subtree: true, childList: true });
}

/** Milliseconds until `selector` has a text that matches `text`; before that `press` is clicked, if it is given. */
export const timed = (page, { press, selector, text = '\\S' }) =>
  page.evaluate(
    ([toPress, wanted, pattern]) =>
      new Promise((resolve, reject) => {
        const matches = () =>
          [...document.querySelectorAll(wanted)].some(
            element => element.checkVisibility() && new RegExp(pattern).test(element.textContent)
          );
        const start = performance.now();
        const limit = setTimeout(() => reject(new Error(`not there: ${wanted} ${pattern}`)), 60_000);
        const observer = new MutationObserver(() => {
          if (matches()) {
            observer.disconnect();
            clearTimeout(limit);
            requestAnimationFrame(() => resolve(performance.now() - start));
          }
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true
        });
        if (toPress) {
          const target = [...document.querySelectorAll(toPress.selector)].find(
            element => element.checkVisibility() && element.textContent.trim() === toPress.text
          );
          const box = target.getBoundingClientRect();
          const at = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
          // JupyterLab's tabs act on the pointer that goes down, buttons on the click.
          target.dispatchEvent(new PointerEvent('pointerdown', at));
          document.dispatchEvent(new PointerEvent('pointerup', at));
          target.dispatchEvent(new MouseEvent('click', at));
        }
      }),
    [press, selector, text]
  );

export const TAB = '[data-id="jupyterlab-codeartifact-panel"]';
export const HEADLINE = '.jp-CodeArtifact-headline h3';
export const button = text => ({ selector: '.jp-CodeArtifact button', text });
