const parts = new Set<Late<unknown>>();

/** Code that is loaded when it is first needed. */
export class Late<T> {
  constructor(load: () => Promise<T>) {
    this._load = load;
    parts.add(this);
  }

  /** What was loaded; null before. */
  get now(): T | null {
    return this._loaded;
  }

  /** Loads it, once; after a failure (the server is gone, or was upgraded) the next call tries again. */
  load(): Promise<T> {
    this._loading ??= this._load().then(
      loaded => (this._loaded = loaded),
      error => {
        this._loading = null;
        throw error;
      }
    );
    return this._loading;
  }

  private readonly _load: () => Promise<T>;
  private _loaded: T | null = null;
  private _loading: Promise<T> | null = null;
}

/** For tests, which look at what is drawn at once. */
export const loadAll = (): Promise<unknown> => Promise.all([...parts].map(part => part.load()));
