/** The cost of one thing at one size. */
export interface Point {
  readonly size: number;
  /** Median of the calls, in milliseconds. */
  readonly ms: number;
  /** What the answer was: a verdict, such as `ok`. */
  readonly verdict: string;
}

export interface Curve {
  readonly what: string;
  /** What is counted on the other axis, such as "kernels". */
  readonly of: string;
  readonly points: readonly Point[];
}

const CALLS = 7;

/** One call to warm up, then the median of seven. */
export async function measure(
  size: number,
  call: () => Promise<{ readonly verdict: string }>
): Promise<Point> {
  const { verdict } = await call();
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { size, ms: times[Math.floor(CALLS / 2)] as number, verdict };
}

/**
 * How the cost grows: the slope of the straight line through the logarithms of its upper half, where fixed costs no
 * longer hide it. 0: not at all; 1: in proportion; 2: by the square.
 */
export function exponent(points: readonly Point[]): number {
  const upper = points.slice(Math.floor(points.length / 2) - 1);
  const [x, y] = [upper.map(p => Math.log(p.size)), upper.map(p => Math.log(p.ms))];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] as number) - my), 0);
  return over / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
