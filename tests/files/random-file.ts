/** Chance with a seed, so that a failure can be had again. */
export function createChance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32: small, and even enough for choosing test input.
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)];
  const often = (share: number): boolean => next() < share;
  const some = <T>(max: number, make: () => T): T[] => Array.from({ length: below(max + 1) }, make);
  return { below, pick, often, some };
}

export type Chance = ReturnType<typeof createChance>;

const URLS = ['https://corp/simple', 'https://me:p%40ss@corp/simple/', 'https://pypi.org/simple', 'x'];
// White space of Python's, of JavaScript's, of both.
const SPACES = ['', '', '', ' ', '    ', '\t', '\x1c', '\x85', '\xa0', '\u3000', '\ufeff', '\f', ' \t'];
const EOLS = ['\n', '\n', '\n', '\r\n', '\r'];

function ends(chance: Chance, lines: string[]): Uint8Array {
  const own = chance.pick(EOLS);
  const eol = () => (chance.often(0.02) ? chance.pick(EOLS) : own);
  const text = lines.map(line => line + eol()).join('');
  const cut = chance.often(0.2) ? text.replace(/(\r\n|\n|\r)$/, '') : text;
  const bytes = Buffer.from(chance.often(0.01) ? `\ufeff${cut}` : cut);
  if (chance.often(0.01) && bytes.length > 0) {
    bytes[chance.below(bytes.length)] = 0xff;
  }
  return bytes;
}

/** A pip.conf or .pypirc such as people, programs and accidents make them. */
export function randomIni(chance: Chance): Uint8Array {
  const { pick, often, some, below } = chance;
  const names = ['index-url', 'index_url', 'Index-URL', '--index-url', 'extra-index-url', 'extra_index_url'];
  const others = [
    'timeout',
    'trusted-host',
    'cert',
    'no-index',
    'Find_Links',
    'username',
    'password',
    'ünï',
    'a b'
  ];
  const servers = ['index-servers', 'repository', 'username', 'password'];
  let used = new Set<string>();
  const name = (): string => {
    const found = pick(pick([names, others, servers]));
    // Most files have no duplicates, or nothing else would ever be tried.
    const fresh = used.has(found.toLowerCase()) && often(0.97) ? `opt${below(1e6)}` : found;
    used.add(fresh.toLowerCase());
    return fresh;
  };
  const value = () => pick([...URLS, '60', '', 'pypi codeartifact', '"q"', 'a = b', '# no', 'ä €', '%(x)s']);
  const option = (indent: string): string[] => [
    indent +
      name() +
      pick(['', ' ', '\t']) +
      pick(['=', '=', ':']) +
      pick(['', ' ', '  ']) +
      value() +
      pick(SPACES),
    ...(often(0.25) ? some(3, () => `${indent}${pick([' ', '    ', '\t'])}${value() || 'v'}`) : [])
  ];
  const noise = () =>
    pick([
      '',
      '',
      '# note',
      ' ; note',
      '#',
      pick(SPACES),
      ...(often(0.02) ? ['odd', '= 3', '[', ' [x] y', '[]'] : [])
    ]);
  const taken = new Set<string>();
  const section = (): string[] => {
    const header = pick([
      'global',
      'global',
      'install',
      'DEFAULT',
      'codeartifact',
      'distutils',
      'GLOBAL',
      'a]b'
    ]);
    const again = taken.has(header) && header !== 'DEFAULT' && often(0.98);
    taken.add(header);
    used = header === 'DEFAULT' && often(0.9) ? used : new Set();
    const indent = often(0.85) ? '' : pick(['  ', '\t']);
    return [
      `${often(0.95) ? '' : pick(SPACES)}[${again ? `s${below(1e6)}` : header}]${pick(['', '', ' ', ' ; c'])}`,
      ...some(5, () => (often(0.3) ? [noise()] : option(often(0.95) ? indent : pick(SPACES)))).flat()
    ];
  };
  return ends(chance, [...some(2, noise), ...some(4, section).flat()]);
}

/** A netrc such as ftp, curl, programs and accidents make them. */
export function randomNetrc(chance: Chance, host: string): Uint8Array {
  const { pick, often, some } = chance;
  const word = () =>
    pick(['me', 'aws', 'p"w', '"p w"', 'a\\ b', '"a\\"b"', 'x#y', '#z', 'ä', '"', 'login', '""', 'tok']);
  const gap = () => pick([' ', ' ', ' ', '  ', '\t', '\n', '\n\t']);
  const field = () => pick(['login', 'login', 'user', 'account', 'password', 'password']) + gap() + word();
  const comment = () => pick(['# note', '# machine x login y', '#note', '#', '#a b']);
  const entry = (): string =>
    [
      often(0.1)
        ? 'default'
        : `machine${gap()}${pick([host, host, 'other', 'corp.example', '"quoted host"', 'default'])}`,
      ...some(4, () => (often(0.07) ? `${comment()}\n` : field()))
    ].join(gap());
  const macro = () =>
    `macdef m${pick(['1', '2'])}\n${some(3, () => 'cd /tmp\n').join('')}${often(0.9) ? '\n' : ''}`;
  const line = () => {
    const kind = chance.below(20);
    return kind < 13
      ? entry()
      : kind < 15
        ? macro()
        : kind < 18
          ? comment()
          : kind < 19
            ? ''
            : pick(['', 'odd word']);
  };
  return ends(
    chance,
    some(6, line).flatMap(text => text.split('\n'))
  );
}

/** A uv.toml such as people, programs and accidents make them. */
export function randomToml(chance: Chance): Uint8Array {
  const { pick, often, some, below } = chance;
  const value = () =>
    pick([
      'true',
      '3',
      '"s"',
      "'l'",
      '"""a\n[[index]]\nb"""',
      "'''\n[[index]]\n'''",
      '[1, 2]',
      '{ a = 1 }',
      '1979-05-27',
      '"\\u00e9"'
    ]);
  const key = () => `${pick(['offline', 'native-tls', 'k', '"q k"', 'a.b'])}${often(0.9) ? below(1e6) : ''}`;
  const pair = () => `${key()} ${pick(['=', '='])} ${value()}${pick(['', '', ' # c'])}`;
  const index = () => [
    pick(['[[index]]', '[[index]]', '[[ index ]]', '[["index"]]', '  [[index]]']),
    ...(often(0.9) ? [`name = "${pick(['corp', 'codeartifact', 'jupyterlab-codeartifact'])}"`] : []),
    `url = "${pick(URLS)}"`,
    ...(often(0.3) ? ['default = true'] : []),
    ...some(2, pair)
  ];
  const table = () => [
    `[${pick(['pip', 'tool', 'pip.x', 'y'])}${often(0.9) ? below(1e6) : ''}]`,
    ...some(3, pair)
  ];
  const noise = () => [
    pick(['', '# note', '  # [[index]]', ...(often(0.03) ? ['odd', 'index = []', '[index]', 'a = '] : [])])
  ];
  const top = some(3, () => (often(0.5) ? pair() : noise()[0]));
  const body = some(5, () => pick([index, index, table, noise])()).flat();
  return ends(
    chance,
    [...top, ...body].flatMap(text => text.split('\n'))
  );
}
