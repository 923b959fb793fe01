import { act, render } from '@testing-library/react';
import * as React from 'react';
import { NOW } from '../../../testing/fixtures/lab/documents';
import type { Scene } from '../../../testing/fixtures/lab/scene';
import { SCENES } from '../../../testing/fixtures/lab/scenes';
import { StaticPanel } from '../../../testing/fixtures/lab/static-panel';
import type { IStore } from '../connection/store';
import { CLOSE, OPEN, pseudoBundle } from '../../../testing/translation/pseudo';

const nothing = (): void => undefined;
const handlers = {
  execute: nothing,
  copy: nothing,
  expand: nothing,
  openMenu: nothing,
  services: {
    packages: { search: nothing, toggle: nothing },
    preview: { close: nothing },
    test: { close: nothing, cancel: nothing, start: () => Promise.resolve() },
    save: nothing
  }
} as unknown as React.ComponentProps<typeof StaticPanel>['handlers'];

/** What of a text stands outside the brackets of the pseudo-language. */
const outside = (text: string): string => {
  let depth = 0;
  return [...text]
    .filter(letter => {
      depth += letter === OPEN ? 1 : 0;
      const isOutside = depth === 0;
      depth -= letter === CLOSE ? 1 : 0;
      return isOutside;
    })
    .join('');
};

/**
 * Sentences that the engine makes, in English alone: the texts of fixes, why a setting is not valid, what a kernel's own
 * configuration does, and what a tool needs beside its file. Everything else that is not a name is the panel's, and translated.
 */
const fromTheEngine = (document: IStore['document']): readonly string[] => [
  ...(document?.rungs ?? []).flatMap(({ verdict, id, summary, warning, fix }) => [
    ...(fix ? [fix.text, ...fix.snippets.map(snippet => snippet.title)] : []),
    ...(verdict === 'invalid_settings' ? [summary] : []),
    ...(id === 'tools' && warning !== undefined ? [warning] : [])
  ]),
  ...(document?.files ?? []).flatMap(({ next, note }) => [next?.title ?? '', note ?? ''])
];

const squeezed = (text: string): string => text.replace(/[`\s\u200b]+/g, '');

/** Data that a scene brings: in the panel they are made by the same translated texts. */
const DATA = 'pre, code, option, .jp-CodeArtifact-hist, .jp-CodeArtifact-terminal';

/** Texts and labels with three words or more of which a part is not translated. Names have fewer. */
function untranslated(container: HTMLElement, allowed: readonly string[]): string[] {
  const known = squeezed(allowed.join(' '));
  return [...container.querySelectorAll<HTMLElement>('*')]
    .filter(element => element.closest(DATA) === null)
    .flatMap(element => [
      ...[...element.childNodes]
        .filter(node => node.nodeType === Node.TEXT_NODE)
        .map(node => node.textContent ?? ''),
      ...['aria-label', 'placeholder'].map(name => element.getAttribute(name) ?? '')
    ])
    .filter(text => {
      const rest = outside(text);
      return /(^|\s)[A-Za-z]{3,}[ ,]+[a-z]{2,} [a-z]{2,}/.test(rest) && !known.includes(squeezed(rest));
    });
}

const drawn = (scene: Scene): HTMLElement =>
  render(
    <StaticPanel store={scene.store} now={NOW} extras={scene} handlers={handlers} trans={pseudoBundle()} />
  ).container;

it.each(SCENES.map((scene): [string, Scene] => [`${scene.id} ${scene.title}`, scene]))(
  'every text of the panel is translated: %s',
  async (_, scene) => {
    const container = await act(async () => drawn(scene));
    expect(container.textContent).toContain(OPEN);
    expect(untranslated(container, fromTheEngine(scene.store.document))).toEqual([]);
  }
);

it('a text that is not translated is found', () => {
  const container = document.createElement('div');
  container.innerHTML = `<p>${OPEN}Ónly thís${CLOSE} and not this here</p>`;
  expect(untranslated(container, [])).toEqual([expect.stringContaining('and not this here')]);
});
