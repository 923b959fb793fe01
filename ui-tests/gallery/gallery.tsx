import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { NO_SEARCH } from '../../src/lab/packages/package-search';
import { Body } from '../../src/lab/panel/body';
import type { Actions } from '../../src/lab/ui/panel-context';
import { PanelProvider } from '../../src/lab/ui/panel-context';
import { Header } from '../../src/lab/panel/header';
import { StatusButton } from '../../src/lab/connection/status-button';
import { NOW } from '../../testing/fixtures/lab/documents';
import { SCENES } from '../../testing/fixtures/lab/scenes';

const trans = nullTranslator.load('jupyterlab_codeartifact');
const nothing = (): void => undefined;

const actions: Actions = {
  act: nothing,
  choose: nothing,
  list: nothing,
  copy: nothing,
  openFile: nothing,
  canOpen: () => true,
  set: nothing,
  search: nothing,
  versions: nothing,
  expand: nothing,
  preview: nothing,
  test: { open: nothing, close: nothing, start: () => Promise.resolve(), cancel: nothing },
  menu: nothing
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
          <PanelProvider
            value={{
              trans,
              store: scene.store,
              now: NOW,
              actions,
              sections: scene.sections ?? {},
              packages: scene.packages ?? NO_SEARCH,
              history: scene.history ?? [],
              preview: scene.preview ?? null,
              test: scene.test ?? null,
              said: ''
            }}
          >
            <Header />
            <Body />
          </PanelProvider>
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

createRoot(document.getElementById('root')!).render(<Gallery />);
