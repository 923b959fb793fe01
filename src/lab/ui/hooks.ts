import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/**
 * Renders again whenever one of the signals is emitted. It listens as soon as it is drawn: an effect would start after
 * the browser has painted, and miss an answer that arrives meanwhile.
 */
export function useSignals(signals: readonly ISignal<unknown, unknown>[]): void {
  const [, render] = React.useReducer((count: number) => count + 1, 0);
  React.useLayoutEffect(() => {
    signals.forEach(signal => signal.connect(render));
    return () => signals.forEach(signal => signal.disconnect(render));
  }, signals);
}

/** The present time in milliseconds since the epoch, every `ms`; it stands still while the page is hidden. */
export function useNow(ms: number): number {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const next = (): void => {
      timer = setTimeout(() => {
        if (document.visibilityState !== 'hidden') {
          tick();
        }
        next();
      }, ms);
    };
    next();
    return () => clearTimeout(timer);
  }, [ms]);
  return Date.now();
}

const PANEL = '.jp-CodeArtifact';

/** What `useKeptFocus` gave the focus to, as long as it has it: nobody opened anything with it. */
let handed: Element | null = null;

/**
 * For a part that is opened on demand: it takes the focus with the first match of `first`. When it is closed, the
 * focus returns to the element that had it before, or, where that is gone, to `otherwise`: usually the panel's menu
 * button, because a menu is gone as soon as it is used.
 */
export function useReturnFocus<E extends HTMLElement>(
  first: string,
  otherwise = '[aria-haspopup]'
): React.RefObject<E> {
  const box = React.useRef<E>(null);
  React.useLayoutEffect(() => {
    const opener = document.activeElement;
    // A part that is still loaded when its button is already gone finds the focus where it was kept.
    const isOpener = opener !== handed;
    const node = box.current;
    const panel = node?.closest(PANEL);
    node?.querySelector<HTMLElement>(first)?.focus();
    return () => {
      if (node?.contains(document.activeElement)) {
        const known = isOpener && opener instanceof HTMLElement && panel?.contains(opener);
        // React must first have removed the part and restored what was in its place.
        queueMicrotask(() => (known ? opener : panel?.querySelector<HTMLElement>(otherwise))?.focus());
      }
    };
  }, []);
  return box;
}

/** For a row of buttons: when one that has the focus is removed, the first of its successors gets it. */
export function useSuccessor(buttons: string): {
  ref: React.RefObject<HTMLDivElement>;
  onFocus: () => void;
  onBlur: (event: React.FocusEvent) => void;
} {
  const ref = React.useRef<HTMLDivElement>(null);
  const focused = React.useRef(false);
  React.useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (focused.current && lost) {
      ref.current?.querySelector<HTMLElement>('button')?.focus();
    }
  }, [buttons]);
  return {
    ref,
    onFocus: () => (focused.current = true),
    // When the focused button is removed, no other element gets the focus; relatedTarget says so.
    onBlur: event => (focused.current = event.relatedTarget === null)
  };
}

/**
 * Keeps the focus in a part whose elements come and go: when the focused one is removed, the next step of `next` has
 * the focus, else the first button of the panel. A focus that was moved elsewhere stays there.
 */
export function useKeptFocus(next: string): {
  body: React.RefObject<HTMLDivElement>;
  onFocus: (event: React.FocusEvent) => void;
} {
  const body = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<Element | null>(null);
  React.useLayoutEffect(() => {
    if (last.current === null || last.current.isConnected) {
      return;
    }
    last.current = null;
    const panel = body.current?.closest(PANEL);
    // After whatever takes the focus itself, such as a form that has just been opened.
    queueMicrotask(() => {
      if (document.activeElement === document.body || document.activeElement === null) {
        const find = (selector: string): HTMLElement | null | undefined =>
          panel?.querySelector<HTMLElement>(selector);
        const target =
          find(`${next} .jp-mod-accept:not([aria-disabled])`) ??
          find(`${next} button:not([aria-disabled])`) ??
          find('button');
        target?.focus();
        handed = target ?? null;
      }
    });
  });
  return {
    body,
    onFocus: event => {
      last.current = event.target;
      handed = null;
    }
  };
}
