import { fractionOf } from '../../src/engine/core/settings/fleet-turn';
import { createChance } from '../../tests/files/random-file';
import { createNotebook } from './notebook';
import { createQuota } from './quota';
import { virtualTime } from './virtual-time';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface Scenario {
  readonly name: string;
  readonly notebooks: number;
  /** What `fleetSize` is set to; 0: nobody has set it. */
  readonly fleetSize: number;
  readonly hours: number;
  /** Milliseconds over which the servers start. */
  readonly arrivalMs: number;
  /** Minutes after the first start: no way to the endpoint. */
  readonly outage?: readonly [from: number, to: number];
  readonly tokenHours: number;
  /** Clicks on Connect by each user, at any time. */
  readonly clicks: number;
}

export interface FleetReport {
  readonly name: string;
  readonly calls: number;
  readonly throttled: number;
  /** After each notebook has had one turn since the start or the outage's end. */
  readonly throttledInSteadyState: number;
  readonly mostInOneSecond: number;
  /** From a server's start to its first token, in seconds. */
  readonly waitSeconds: { readonly median: number; readonly p99: number; readonly most: number };
  /** From a click to its token, in milliseconds, without the call itself. */
  readonly clickMs: { readonly p99: number; readonly most: number };
  readonly renewals: number;
  readonly withoutTokenMinutes: number;
  readonly notConnected: number;
  /** Calls in each ten seconds from the start on. */
  readonly series: readonly number[];
}

/** Deterministic: the same scenario and seed give the same report. */
export async function simulate(scenario: Scenario, seed = 1): Promise<FleetReport> {
  const start = Date.UTC(2026, 10, 23, 9);
  const chance = createChance(seed);
  const random = () => chance.below(2 ** 32) / 2 ** 32;
  const time = virtualTime(start);
  const outage = scenario.outage?.map(minute => start + minute * MINUTE) as [number, number] | undefined;
  const quota = createQuota(start, outage ?? null);
  const end = start + scenario.hours * HOUR;
  const notebooks = Array.from({ length: scenario.notebooks }, (_, i) => {
    const place = {
      fleetSize: scenario.fleetSize,
      fraction: fractionOf(`ip-10-0-${i >> 8}-${i & 255} /home`)
    };
    const notebook = createNotebook(time, quota, { place, tokenMs: scenario.tokenHours * HOUR, random });
    time.at(start + Math.floor(random() * scenario.arrivalMs), notebook.start);
    // Nobody's click can reach AWS while nothing does: these are left out of the waits.
    const from = start + scenario.arrivalMs + HOUR;
    for (let click = 0; click < scenario.clicks; click++) {
      const at = from + Math.floor(random() * (end - from));
      if (!outage || at < outage[0] - MINUTE || at >= outage[1]) {
        time.at(at, notebook.click);
      }
    }
    return notebook;
  });
  await time.run(end);

  const seconds = [...quota.perSecond];
  const period = scenario.fleetSize > 1 ? scenario.fleetSize / 32 : 0;
  const settledAt = Math.max(scenario.arrivalMs / SECOND, (scenario.outage?.[1] ?? 0) * 60) + period + 60;
  const diaries = notebooks.map(({ diary }) => diary);
  const waits = diaries.flatMap(({ waitedMs }) => (waitedMs === null ? [] : [waitedMs / SECOND]));
  const clicks = diaries.flatMap(({ clicksMs }) => clicksMs);
  const series: number[] = [];
  for (const [second, { calls }] of seconds) {
    const slot = Math.floor(second / 10);
    series[slot] = (series[slot] ?? 0) + calls;
  }
  return {
    name: scenario.name,
    calls: sum(seconds.map(([, { calls }]) => calls)),
    throttled: sum(seconds.map(([, { throttled }]) => throttled)),
    throttledInSteadyState: sum(seconds.map(([at, { throttled }]) => (at > settledAt ? throttled : 0))),
    mostInOneSecond: seconds.reduce((most, [, { calls }]) => Math.max(most, calls), 0),
    waitSeconds: { median: share(waits, 0.5), p99: share(waits, 0.99), most: share(waits, 1) },
    clickMs: { p99: share(clicks, 0.99), most: share(clicks, 1) },
    renewals: sum(diaries.map(({ renewals }) => renewals)),
    withoutTokenMinutes: sum(diaries.map(({ withoutTokenMs }) => withoutTokenMs)) / MINUTE,
    notConnected: diaries.length - waits.length,
    series: Array.from(series, calls => calls ?? 0)
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
