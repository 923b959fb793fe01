import type { IStateDB } from '@jupyterlab/statedb';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { CodeArtifactModel } from './model';
import type { IOutage, IStore } from './store';

const KEY = 'jupyterlab-codeartifact:outage';

/** An outage, and what is broken: another repository's is another one. */
interface IKept extends IOutage {
  readonly target: string;
}

const targetOf = ({ document, settings }: IStore): string =>
  [
    document?.connection?.domain || settings?.domain || '',
    document?.connection?.repository || settings?.repository || ''
  ].join('/');

const isKept = (value: unknown): value is IKept =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as IKept).since === 'number' &&
  typeof (value as IKept).target === 'string';

/** Remembers in JupyterLab's state database since when something is broken and whether somebody was asked to mend it. */
export function keepOutage(model: CodeArtifactModel, state: IStateDB | null): IDisposable {
  let saved: IKept | null | undefined;
  const onState = (): void => {
    const { store } = model;
    const { document, outage } = store;
    // Before the settings are there, nobody knows what is broken.
    if (saved === undefined || !document || !(store.settings ?? document.connection)) {
      return;
    }
    const target = targetOf(store);
    if (
      saved &&
      outage &&
      saved.target === target &&
      (saved.since < outage.since || (saved.askedAt !== null && outage.askedAt === null))
    ) {
      model.setOutage({
        since: Math.min(saved.since, outage.since),
        askedAt: outage.askedAt ?? saved.askedAt,
        who: outage.who || saved.who
      });
      return;
    }
    // A state in which nothing was checked says nothing of a repair.
    const isOver = document.rungs.length > 0 || document.connection === null;
    const kept = outage ? { ...outage, target } : isOver ? null : saved;
    if (JSON.stringify(kept) !== JSON.stringify(saved)) {
      saved = kept;
      void (kept ? state?.save(KEY, { ...kept }) : state?.remove(KEY))?.catch(() => undefined);
    }
  };
  model.stateChanged.connect(onState);
  void Promise.resolve(state?.fetch(KEY))
    .catch(() => undefined)
    .then(value => {
      saved = isKept(value) ? value : null;
      onState();
    });
  return new DisposableDelegate(() => void model.stateChanged.disconnect(onState));
}
