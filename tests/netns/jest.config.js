// Network namespaces: the real names, port 443, private addresses. Apart from the other suites because it wants root,
// and its files are called *.netns.ts so that the others do not run them.
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/tests/netns'],
  displayName: 'netns',
  testEnvironment: 'node',
  testMatch: ['**/*.netns.ts'],
  transform: {
    '^.+\\.m?[jt]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }
    ]
  },
  modulePathIgnorePatterns: [
    '<rootDir>/jupyterlab_codeartifact/',
    '<rootDir>/lib/',
    '<rootDir>/build/',
    '<rootDir>/.venv'
  ],
  testTimeout: 60_000,
  // They wait most of the time, for black holes; times are asserted on the engine's own clock, which forgives that.
  maxWorkers: 2
};
