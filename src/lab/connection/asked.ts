import type { IStateDB } from '@jupyterlab/statedb';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { CodeArtifactModel } from './model';
import type { IAsked, IStore } from './store';

const KEY = 'jupyterlab-codeartifact:asked';

/** What a request is about: another repository's is another one. */
export const targetOf = ({ document, settings }: IStore): string =>
  [
    document?.connection?.domain || settings?.domain || '',
    document?.connection?.repository || settings?.repository || ''
  ].join('/');

const isAsked = (value: unknown): value is IAsked => {
  const asked = value as IAsked | null | undefined;
  return typeof asked?.at === 'number' && typeof asked.who === 'string' && typeof asked.target === 'string';
};

/** A state in which nothing was checked says nothing of a repair. */
const hasPassed = ({ document }: IStore): boolean =>
  document?.verdict === 'ok' && document.rungs.some(rung => rung.verdict === 'ok');

/** Remembers in JupyterLab's state database that somebody was asked to mend what is broken, until a check has passed. */
export function keepAsked(model: CodeArtifactModel, state: IStateDB | null): IDisposable {
  let saved: IAsked | null | undefined;
  const onState = (): void => {
    const { asked } = model.store;
    if (saved === undefined) {
      return;
    }
    if (asked && hasPassed(model.store)) {
      model.setAsked(null);
    } else if (asked !== saved) {
      saved = asked;
      void (asked ? state?.save(KEY, { ...asked }) : state?.remove(KEY))?.catch(() => undefined);
    }
  };
  model.stateChanged.connect(onState);
  void Promise.resolve(state?.fetch(KEY))
    .catch(() => undefined)
    .then(value => {
      saved = isAsked(value) ? value : null;
      if (saved && !model.store.asked) {
        model.setAsked(saved);
      }
      onState();
    });
  return new DisposableDelegate(() => void model.stateChanged.disconnect(onState));
}
