import * as React from 'react';

const PANEL = '.jp-CodeArtifact';

/**
 * For a part that comes on demand: it takes the focus with the first match of `first`, and gives it back when it
 * goes, to what had it before; where that is gone, or was a menu, to the panel's menu button.
 */
export function useReturn<E extends HTMLElement>(first: string): React.RefObject<E> {
  const box = React.useRef<E>(null);
  React.useLayoutEffect(() => {
    const opener = document.activeElement;
    const node = box.current;
    const panel = node?.closest(PANEL);
    node?.querySelector<HTMLElement>(first)?.focus();
    return () => {
      if (node?.contains(document.activeElement)) {
        const known = opener instanceof HTMLElement && panel?.contains(opener) && opener.isConnected;
        const back = known ? opener : panel?.querySelector<HTMLElement>('[aria-haspopup]');
        // Not before React has taken the part away: removing what has the focus would drop it again.
        queueMicrotask(() => back?.focus());
      }
    };
  }, []);
  return box;
}
