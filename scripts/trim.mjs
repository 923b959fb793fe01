// What the bundle can do without, taken out by an esbuild plugin. Each entry says why it is never needed.
import { readFileSync } from 'node:fs';

/** Modules that are replaced by a few lines. */
const STUBS = [
  // No call of CodeArtifact, STS or IAM Identity Center streams events; the SDK loads this for those that do.
  { filter: /^@smithy\/core\/event-streams$/, text: 'export {};' },
  // Writes a proxy's address, credentials included, to stderr when DEBUG is set.
  { filter: /^debug$/, text: 'export default () => Object.assign(() => undefined, { enabled: false });' },
  // Kerberos for proxies: an optional native module that we never ask for.
  { filter: /^proxy-agent-negotiate$/, text: 'export const createNegotiateAuth = () => undefined;' }
];

/** The schemas that nobody in the engine reads fall away once their making is known to have no effects. */
const SCHEMAS = /[\\/]src[\\/]protocol[\\/][\w-]+\.ts$/;

/**
 * Asks whether a body is a web stream or a Blob; Node's HTTP client gives neither. Only naming the two globals makes
 * Node load its web streams, 10 ms of a command.
 */
const STREAM_TYPES = /[\\/]@smithy[\\/][\w\\/-]+[\\/]stream-type-check\.js$/;

/** The SDK's clients import their package.json for the version only. */
const PACKAGE_JSON = /[\\/]node_modules[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/;

export const trim = {
  name: 'trim',
  setup(build) {
    for (const { filter, text } of STUBS) {
      build.onResolve({ filter }, ({ path }) => ({
        path,
        namespace: 'trimmed',
        sideEffects: false,
        pluginData: text
      }));
    }
    build.onLoad({ filter: /.*/, namespace: 'trimmed' }, ({ pluginData }) => ({
      contents: pluginData,
      loader: 'js',
      resolveDir: '.'
    }));
    build.onLoad({ filter: SCHEMAS }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\bz\.(\w+)\(/g, '/* @__PURE__ */ z.$1('),
      loader: 'ts'
    }));
    build.onLoad({ filter: STREAM_TYPES }, () => ({
      contents: `export const isReadableStream = it => it?.constructor?.name === 'ReadableStream';
export const isBlob = it => it?.constructor?.name === 'Blob';`,
      loader: 'js'
    }));
    build.onLoad({ filter: PACKAGE_JSON }, ({ path }) => ({
      contents: JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }),
      loader: 'json'
    }));
  }
};
