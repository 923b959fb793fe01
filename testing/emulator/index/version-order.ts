// Enough of https://packaging.python.org/en/latest/specifications/version-specifiers/ to put versions in order.

interface Key {
  release: number[];
  /** dev -2, a -1 (with phase), final 0, post 1; then its number. */
  phase: [number, number];
}

function parse(text: string): Key {
  const m = /^v?(\d+(?:\.\d+)*)[-_.]?(?:(a|b|c|rc|alpha|beta|pre|preview|post|dev)[-_.]?(\d*))?/i.exec(text);
  if (m === null) return { release: [0], phase: [-9, 0] };
  const ranks: Record<string, number> = {
    dev: -5,
    a: -4,
    alpha: -4,
    b: -3,
    beta: -3,
    c: -2,
    rc: -2,
    pre: -2,
    preview: -2,
    post: 1
  };
  return {
    release: m[1].split('.').map(Number),
    phase: [m[2] === undefined ? 0 : ranks[m[2].toLowerCase()], Number(m[3] || 0)]
  };
}

export function isPrerelease(version: string): boolean {
  return parse(version).phase[0] < 0;
}

/** Negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  for (let i = 0; i < Math.max(x.release.length, y.release.length); i++) {
    const difference = (x.release[i] ?? 0) - (y.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return x.phase[0] - y.phase[0] || x.phase[1] - y.phase[1];
}
