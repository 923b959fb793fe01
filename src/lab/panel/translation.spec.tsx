import { act, render } from '@testing-library/react';
import * as React from 'react';
import { NOW } from '../../../testing/fixtures/lab/documents';
import type { Scene } from '../../../testing/fixtures/lab/scene';
import { SCENES } from '../../../testing/fixtures/lab/scenes';
import { StaticPanel } from '../../../testing/fixtures/lab/static-panel';
import type { IStore } from '../connection/store';
import { reportText } from '../diagnosis/report-text';
import { Phrasebook } from '../ui/phrasebook';
import { catalogue } from '../../../testing/translation/catalogue';
import { CLOSE, OPEN } from '../../../testing/translation/pseudo';
import { pseudoBundle } from '../../../testing/translation/pseudo-bundle';
import { untranslated } from '../../../testing/translation/untranslated';

/** A pack of all that translators are given: a text that they are not given stays English. */
const BUNDLE = pseudoBundle(catalogue());

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

/** In other programs' words: what AWS, pip or a proxy said, and the names of people's own things. */
const foreign = (document: IStore['document']): readonly string[] =>
  (document?.rungs ?? []).flatMap(({ evidence }) =>
    ['message', 'error', 'issuer', 'title'].map(name => String(evidence[name] ?? ''))
  );

/** Data that a scene brings: in the panel they are made by the same translated texts. */
const DATA = 'pre, code, option, .jp-CodeArtifact-hist, .jp-CodeArtifact-terminal';

/** With every section open. */
const OPENED = Object.fromEntries(
  ['path', 'fix', 'packages', 'repository', 'files', 'history', 'looked'].map(id => [id, true])
);

const drawn = (scene: Scene): HTMLElement =>
  render(
    <StaticPanel
      store={scene.store}
      now={NOW}
      extras={{ ...scene, sections: OPENED }}
      handlers={handlers}
      trans={BUNDLE}
    />
  ).container;

it.each(SCENES.map((scene): [string, Scene] => [`${scene.id} ${scene.title}`, scene]))(
  'every text of the panel is translated: %s',
  async (_, scene) => {
    const container = await act(async () => drawn(scene));
    expect(container.textContent).toContain(OPEN);
    expect(untranslated([container, foreign(scene.store.document), DATA])).toEqual([]);
  }
);

it.each(SCENES.map((scene): [string, Scene] => [`${scene.id} ${scene.title}`, scene]))(
  'every text of the report is translated: %s',
  (_, { store, refusal }) => {
    const phrasebook = new Phrasebook();
    [store.document, refusal].forEach(answer => phrasebook.learn(answer));
    const report = reportText(phrasebook.speaker(BUNDLE), store, { host: '', version: '' }, NOW);
    const container = document.createElement('div');
    // What is fenced is code, and evidence as it is.
    for (const text of report.replace(/```[^]*?```/g, '').split(/[\n|]/)) {
      container.append(Object.assign(document.createElement('p'), { textContent: text }));
    }
    expect(untranslated([container, foreign(store.document), 'pre'])).toEqual([]);
  }
);

it('a text that is not translated is found', () => {
  const container = document.createElement('div');
  container.innerHTML = `<p>${OPEN}Ónly thís${CLOSE} and not this here</p>`;
  expect(untranslated([container, [], DATA])).toEqual([expect.stringContaining('and not this here')]);
});
