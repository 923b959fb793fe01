// @peculiar/x509 brings tsyringe, which refuses to load without the `reflect-metadata` polyfill. These are the calls it
// makes of it; a whole polyfill as one more dependency, for test certificates, is not worth it.
const metadata = new WeakMap<object, Map<unknown, unknown>>();

const own = (key: unknown, target: object): unknown => metadata.get(target)?.get(key);

function inherited(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (metadata.get(at)?.has(key)) return own(key, at);
  }
  return undefined;
}

const shim = {
  getMetadata: inherited,
  getOwnMetadata: own,
  hasOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.has(key) ?? false,
  defineMetadata(key: unknown, value: unknown, target: object) {
    metadata.set(target, (metadata.get(target) ?? new Map<unknown, unknown>()).set(key, value));
  }
};

/** Fills in what is missing of `Reflect`; to be called before the library is loaded. */
export function fillReflect(): void {
  for (const [name, value] of Object.entries(shim))
    if (!(name in Reflect)) Object.assign(Reflect, { [name]: value });
}
