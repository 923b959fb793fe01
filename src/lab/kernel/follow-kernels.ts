import type { OpenNotebooks } from './open-notebooks';
import type { ShadowWatch } from './shadow-watch';
import type { CodeArtifactModel } from '../connection/model';
import type { CodeArtifactService } from '../connection/service';

/**
 * Begins to look at kernels with the first connection while a notebook is open. Before that nothing is loaded
 * and no kernel is asked anything.
 */
export function followKernels(
  notebooks: OpenNotebooks,
  model: CodeArtifactModel
): CodeArtifactService['shadow'] {
  let watch: Promise<ShadowWatch> | null = null;
  const begin = (): void => {
    if (!watch && notebooks.all.length && model.document?.connection?.state === 'connected') {
      notebooks.changed.disconnect(begin);
      model.stateChanged.disconnect(begin);
      watch = import('./shadow-watch').then(({ watchShadows }) => watchShadows(notebooks, model));
      watch.catch(error => console.warn('CodeArtifact: kernels are not looked at.', error));
    }
  };
  notebooks.changed.connect(begin);
  model.stateChanged.connect(begin);
  return (deed, shadow) => {
    if (shadow) {
      void watch?.then(found => found[deed](shadow));
    }
  };
}
