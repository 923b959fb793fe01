// Two worlds: the browser's (jsdom) and Node's. swc strips the types; `npm run types` checks them.
const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } }, module: { type: 'commonjs' } }
];
const esm =
  '/node_modules/(?!(@codemirror|@marijn|@microsoft|@jupyter/|@jupyterlab/|@lumino/|@rjsf/|exenv-es6|lib0|lodash-es|marked|nanoid|color|vscode-ws-jsonrpc|y-protocols|y-websocket|yjs|fflate|https-proxy-agent|agent-base|proxy-agent-negotiate)/?)';
const common = {
  transform: {
    '^.+\\.m?[jt]sx?$': swc,
    '\\.(svg|py)$': '<rootDir>/testing/fixtures/lab/text-transform.js'
  },
  transformIgnorePatterns: [esm],
  modulePathIgnorePatterns: [
    '<rootDir>/jupyterlab_codeartifact/',
    '<rootDir>/lib/',
    '<rootDir>/build/',
    '<rootDir>/.demo/',
    '<rootDir>/.venv'
  ]
};
module.exports = {
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: 'lab',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/src/lab/**/*.spec.ts?(x)'],
      setupFiles: ['<rootDir>/testing/fixtures/lab/jest-shim.js'],
      setupFilesAfterEnv: ['<rootDir>/testing/fixtures/lab/load-late-parts.js'],
      moduleNameMapper: { '\\.(css|less)$': 'identity-obj-proxy' }
    },
    {
      ...common,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: [
        '<rootDir>/src/{protocol,engine}/**/*.spec.ts',
        '<rootDir>/testing/**/*.spec.ts',
        '<rootDir>/tests/**/*.spec.ts'
      ]
    }
  ]
};
