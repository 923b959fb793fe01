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

/** The front end, from the top down; every folder may also import `tokens.ts`, and all may import the protocol. */
exports.LAB = {
  panel: ['commands', 'tools', 'packages', 'connection', 'settings', 'diagnosis', 'ui'],
  commands: ['tools', 'connection', 'settings', 'diagnosis', 'ui'],
  notebook: ['connection', 'login', 'ui'],
  packages: ['kernel', 'api', 'ui'],
  tools: ['diagnosis', 'kernel', 'api', 'ui'],
  connection: ['settings', 'diagnosis', 'kernel', 'api', 'ui'],
  settings: ['diagnosis', 'login', 'ui'],
  diagnosis: ['kernel', 'ui'],
  login: [],
  kernel: [],
  api: [],
  ui: []
};

/** Texts that only `commands` uses, and that move there when the texts of the front end have one catalogue. */
exports.LAB_COMMAND_TEXTS = ['diagnosis/report-text', 'diagnosis/request-text'];
