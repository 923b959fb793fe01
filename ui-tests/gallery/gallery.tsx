import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { StatusButton } from '../../src/lab/connection/status-button';
import { loadAll } from '../../src/lab/ui/late';
import { NOW } from '../../testing/fixtures/lab/documents';
import { SCENES } from '../../testing/fixtures/lab/scenes';
import type { Handlers } from '../../testing/fixtures/lab/static-panel';
import { StaticPanel } from '../../testing/fixtures/lab/static-panel';
import { pseudoBundle } from '../../testing/translation/pseudo-bundle';

const trans =
  document.documentElement.dataset.language === 'pseudo'
    ? pseudoBundle()
    : nullTranslator.load('jupyterlab_codeartifact');
const nothing = (): void => undefined;

const handlers: Handlers = {
  execute: nothing,
  copy: nothing,
  expand: nothing,
  openMenu: nothing,
  services: {
    packages: { search: nothing, toggle: nothing },
    preview: { close: nothing },
    test: { close: nothing, cancel: nothing, start: () => Promise.resolve() },
    choice: { close: nothing },
    save: nothing
  }
};

/** Each state of the real components, side by side, without a server. */
const Gallery = (): React.JSX.Element => (
  <>
    <h1>CodeArtifact panel</h1>
    {SCENES.map(scene => (
      <figure key={scene.id} id={`scene-${scene.id}`}>
        <figcaption>
          {scene.id} {scene.title}
        </figcaption>
        <section className="jp-CodeArtifact" aria-label={`CodeArtifact ${scene.id}`}>
          <StaticPanel store={scene.store} now={NOW} extras={scene} handlers={handlers} trans={trans} />
        </section>
      </figure>
    ))}
    {['4', '3b', '6', '8', '2', '14a', '14b'].map(id => {
      const scene = SCENES.find(item => item.id === id)!;
      return (
        <figure key={id} id={`status-${id}`} className="jp-CodeArtifact-scope gallery-status">
          <StatusButton trans={trans} store={scene.store} now={NOW} onPress={nothing} />
        </figure>
      );
    })}
  </>
);

void loadAll().then(() => createRoot(document.getElementById('root')!).render(<Gallery />));
