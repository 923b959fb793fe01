/**
 * Which room may import which. The table is the architecture (ARCHITECTURE.md draws it); `npm run
 * lint` enforces it and also checks that modules were seen at all.
 */
const ROOMS = {
  'pure/secret': [],
  'pure/text': [],
  'pure/settings': ['pure/verdicts'],
  'pure/verdicts': ['pure/secret', 'pure/settings'],
  'pure/connection': ['pure/secret', 'pure/verdicts'],
  'outside/world': ['pure/secret'],
  'outside/network': ['outside/world', 'pure/verdicts', 'pure/secret'],
  'outside/aws': ['outside/world', 'pure/verdicts', 'pure/settings', 'pure/secret'],
  'outside/disk': ['outside/world', 'pure/verdicts', 'pure/connection', 'pure/secret'],
  'work/tools': [
    'outside/disk',
    'outside/world',
    'pure/text',
    'pure/settings',
    'pure/verdicts',
    'pure/secret'
  ],
  'work/ladder': [
    'work/tools',
    'outside/network',
    'outside/aws',
    'outside/world',
    'pure/settings',
    'pure/verdicts',
    'pure/secret'
  ],
  'work/keeper': ['outside/disk', 'outside/world', 'pure/connection', 'pure/verdicts', 'pure/secret'],
  'work/verbs': [
    'work/keeper',
    'work/ladder',
    'work/tools',
    'outside/aws',
    'outside/disk',
    'outside/world',
    'pure/connection',
    'pure/settings',
    'pure/verdicts',
    'pure/secret'
  ],
  'doors/cli': ['work/verbs', 'outside/world', 'pure/settings', 'pure/verdicts', 'pure/secret'],
  'doors/stdio': ['work/verbs', 'outside/world', 'pure/verdicts', 'pure/secret']
};

const PRODUCT = ['\\.spec\\.tsx?$', '/testing/'];

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room.replace('/', '-')}`,
  comment: `${room} may import only itself, the protocol and: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/engine/${room}/`, pathNot: PRODUCT },
  to: {
    path: '^src/',
    pathNot: ['^src/protocol/', `^src/engine/${room}/`, ...allowed.map(other => `^src/engine/${other}/`)]
  }
}));

const only = (name, comment, to, where) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/engine/', pathNot: [...PRODUCT, ...where] },
  to
});

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'pure-is-pure',
      comment: 'pure rooms use no core module and no package: they run anywhere and need no fakes',
      severity: 'error',
      from: { path: '^src/engine/pure/', pathNot: PRODUCT },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] }
    },
    only(
      'aws-sdk-in-one-room',
      'calls to AWS are a closed list in one place',
      { path: 'node_modules/@(aws-sdk|smithy)/' },
      ['^src/engine/outside/aws/']
    ),
    only(
      'sockets-in-one-room',
      'every socket has its cap and its classifier',
      { path: '^(node:)?(net|tls|dns|dns/promises|http|https|http2|dgram)$' },
      ['^src/engine/outside/network/', '^src/engine/outside/aws/']
    ),
    only(
      'disk-in-one-room',
      'files are sacred: one room touches them',
      { path: '^(node:)?(fs|fs/promises)$' },
      ['^src/engine/outside/disk/', '^src/engine/main\\.ts$']
    ),
    only('no-child-processes', 'the engine starts nothing', { path: '^(node:)?child_process$' }, []),
    only(
      'real-world-only-in-main',
      'everything else gets its world handed in',
      { path: '^src/engine/outside/world/real-' },
      ['^src/engine/main\\.ts$', '^src/engine/outside/world/']
    ),
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/engine/main\\.ts$' }
    },
    {
      name: 'protocol-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/protocol/', pathNot: PRODUCT },
      to: { path: '^src/', pathNot: '^src/protocol/' }
    },
    {
      name: 'emulator-is-independent',
      comment: 'a judge that shares code shares its bugs',
      severity: 'error',
      from: { path: '^src/emulator/' },
      to: { path: '^src/', pathNot: '^src/emulator/' }
    },
    {
      name: 'nobody-imports-the-emulator',
      severity: 'error',
      from: { path: '^src/(engine|lab|protocol)/', pathNot: PRODUCT },
      to: { path: '^src/emulator/' }
    },
    {
      name: 'lab-sees-protocol-only',
      comment: 'the browser shows and asks; it has no business with the engine',
      severity: 'error',
      from: { path: '^src/lab/' },
      to: { path: '^src/', pathNot: ['^src/protocol/', '^src/lab/'] }
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'no-barrels',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/index\\.ts$', pathNot: '^node_modules|^src/lab/index\\.ts$' }
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: [...PRODUCT, '\\.d\\.ts$', '\\.spec\\.'] },
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
