/**
 * Which folder may import which: the architecture as a table. `.dependency-cruiser.cjs` turns it into rules, and
 * `check-layers.mjs` fails on a pair that nobody uses.
 */

/** From the top down; every engine folder may also import `core`, and all may import the protocol. */
exports.ENGINE = {
  cli: ['packages', 'connection', 'diagnosis'],
  rpc: ['connection'],
  packages: ['connection', 'diagnosis', 'aws'],
  connection: ['diagnosis', 'tools', 'fs', 'runtime'],
  diagnosis: ['tools', 'aws', 'net', 'runtime'],
  tools: ['fs', 'runtime'],
  aws: ['net', 'runtime'],
  net: ['runtime'],
  fs: ['runtime'],
  runtime: [],
  core: []
};
