import { mkdirSync, writeFileSync } from 'node:fs';

/** What scripts/write-reliability.py makes a part of docs/reliability.md from. */
export function writeReport(name: 'crowd-schedules' | 'crowd-real', report: object): void {
  mkdirSync('build/reports', { recursive: true });
  writeFileSync(`build/reports/${name}.json`, JSON.stringify(report, null, 1));
}
