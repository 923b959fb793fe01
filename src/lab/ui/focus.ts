import * as React from 'react';

const PANEL = '.jp-CodeArtifact';

/**
 * For a part that comes on demand: it takes the focus with the first match of `first`, and gives it back when it
 * goes, to what had it before; where that is gone, to `otherwise`: as a rule the panel's menu button, for a
 * menu is gone as soon as it is used.
 */
export function useReturn<E extends HTMLElement>(
  first: string,
  otherwise = '[aria-haspopup]'
): React.RefObject<E> {
  const box = React.useRef<E>(null);
  React.useLayoutEffect(() => {
    const opener = document.activeElement;
    const node = box.current;
    const panel = node?.closest(PANEL);
    node?.querySelector<HTMLElement>(first)?.focus();
    return () => {
      if (node?.contains(document.activeElement)) {
        const known = opener instanceof HTMLElement && panel?.contains(opener);
        // Not before React has taken the part away, and put back what stood in its place.
        queueMicrotask(() => (known ? opener : panel?.querySelector<HTMLElement>(otherwise))?.focus());
      }
    };
  }, []);
  return box;
}
