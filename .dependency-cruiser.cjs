/**
 * The rules behind `npm run lint`: the layers of scripts/layers.cjs and what each folder alone may use. Type-only
 * imports count.
 */
const { ENGINE, LAB, LAB_COMMAND_TEXTS } = require('./scripts/layers.cjs');

const SPECS = ['\\.spec\\.tsx?$'];

const layer =
  (side, shared) =>
  ([folder, allowed]) => ({
    name: `${side}-${folder}`,
    comment: `${side}/${folder} may import itself, the protocol, ${[...shared, ...allowed].join(', ') || 'nothing else'}`,
    severity: 'error',
    from: {
      path: `^src/${side}/${folder}/`,
      pathNot: [...SPECS, ...LAB_COMMAND_TEXTS.map(file => `^src/lab/${file}\\.ts$`)]
    },
    to: {
      path: '^(src|testing)/',
      pathNot: [
        '^src/protocol/',
        `^src/${side}/${folder}/`,
        ...[...shared, ...allowed].map(other => `^src/${side}/${other}/`),
        ...(side === 'lab' ? ['^src/lab/(tokens|assets\\.d)\\.ts$'] : [])
      ]
    }
  });

const only = (name, comment, to, where) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/engine/', pathNot: [...SPECS, ...where] },
  to
});

module.exports = {
  forbidden: [
    ...Object.entries(ENGINE).map(layer('engine', ['core'])),
    ...Object.entries(LAB).map(layer('lab', [])),
    {
      name: 'core-runs-anywhere',
      comment:
        'core and the connection state machine use no Node module and (but for one) no package: they need no fakes',
      severity: 'error',
      from: { path: '^src/engine/(core|connection/machine)/', pathNot: SPECS },
      // fastest-levenshtein is arithmetic on two strings: nothing to fake, and "did you mean" stays beside the rules.
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev'],
        pathNot: '^node_modules/fastest-levenshtein/'
      }
    },
    only(
      'aws-sdk-in-one-folder',
      'calls to AWS are a closed list in one place',
      { path: 'node_modules/@(aws-sdk|smithy)/' },
      ['^src/engine/aws/']
    ),
    only(
      'sockets-in-net-and-aws',
      'every socket has a time limit and its errors are classified',
      { path: '^(node:)?(net|tls|dns|dns/promises|http|https|http2|dgram)$' },
      ['^src/engine/net/', '^src/engine/aws/']
    ),
    only(
      'files-in-one-folder',
      "users' files are written in one place: atomically, under a lock, with an undo",
      { path: '^(node:)?(fs|fs/promises)$' },
      ['^src/engine/fs/', '^src/engine/(main|runtime/start)\\.ts$']
    ),
    only('no-child-processes', 'the engine starts no process', { path: '^(node:)?child_process$' }, []),
    only(
      'node-runtime-only-in-main',
      'clock, randomness and environment are handed in, so that tests can replace them',
      { path: '^src/engine/runtime/node-' },
      ['^src/engine/main\\.ts$', '^src/engine/runtime/']
    ),
    {
      name: 'nobody-imports-the-entries',
      severity: 'error',
      from: { path: '^(src|testing)/', pathNot: SPECS },
      to: { path: '^src/(engine/main|lab/index)\\.ts$' }
    },
    {
      name: 'protocol-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/protocol/', pathNot: SPECS },
      to: { path: '^(src|testing)/', pathNot: '^src/protocol/' }
    },
    {
      name: 'emulator-is-independent',
      comment: 'it judges the product, so it must not share its code',
      severity: 'error',
      from: { path: '^testing/emulator/' },
      to: { path: '^(src|testing)/', pathNot: '^testing/emulator/' }
    },
    {
      name: 'product-imports-no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: SPECS },
      to: { path: '^(testing|tests)/' }
    },
    {
      name: 'lab-sees-protocol-only',
      comment: 'the browser shows state and asks the server; it has no business with the engine',
      severity: 'error',
      from: { path: '^src/lab/' },
      to: { path: '^src/', pathNot: ['^src/protocol/', '^src/lab/'] }
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^(src|testing)/' },
      to: { circular: true }
    },
    {
      name: 'no-barrels',
      severity: 'error',
      from: { path: '^(src|testing)/' },
      to: { path: '/index\\.ts$', pathNot: '^node_modules|^src/lab/index\\.ts$' }
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(src|testing)/',
        pathNot: [...SPECS, '\\.d\\.ts$', '^testing/(fixtures|netns|harness)/']
      },
      to: {}
    }
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.py$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
};
