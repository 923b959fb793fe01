/* global Event */
// What jsdom lacks and JupyterLab's packages take for granted.
const { TextDecoder, TextEncoder } = require('node:util');

const missing = {
  TextDecoder,
  TextEncoder,
  fetch: globalThis.fetch ?? (() => Promise.reject(new Error('no network in tests'))),
  Request: globalThis.Request ?? class Request {},
  Response: globalThis.Response ?? class Response {},
  Headers: globalThis.Headers ?? class Headers {},
  DragEvent: class DragEvent extends Event {},
  ResizeObserver: class ResizeObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
  structuredClone: globalThis.structuredClone ?? (value => JSON.parse(JSON.stringify(value)))
};
for (const [name, value] of Object.entries(missing)) {
  if (!(name in globalThis)) {
    globalThis[name] = value;
  }
}
globalThis.requestIdleCallback ??= callback => setTimeout(callback);
globalThis.matchMedia ??= () => ({
  matches: false,
  addListener() {},
  addEventListener() {},
  removeEventListener() {}
});
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
