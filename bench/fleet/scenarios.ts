import type { Scenario } from './simulation';

const DAY: Omit<Scenario, 'name' | 'fleetSize'> = {
  notebooks: 10_000,
  hours: 48,
  arrivalMs: 0,
  tokenHours: 12,
  clicks: 2
};
const HOUR = 3_600_000;

/** Ten thousand notebooks of one account and Region, for two days. */
export const SCENARIOS: readonly Scenario[] = [
  { ...DAY, name: 'All start at 09:00:00', fleetSize: 10_000 },
  { ...DAY, name: 'They start over two hours', fleetSize: 10_000, arrivalMs: 2 * HOUR },
  { ...DAY, name: 'All start at 09:00:00; no endpoint until 09:30', fleetSize: 10_000, outage: [0, 30] },
  {
    ...DAY,
    name: 'No endpoint from 15:00 to 15:30, as renewals are due',
    fleetSize: 10_000,
    outage: [360, 390]
  },
  { ...DAY, name: 'Tokens of one hour', fleetSize: 10_000, tokenHours: 1 },
  { ...DAY, name: 'All start at 09:00:00; nobody has set fleetSize', fleetSize: 0 },
  { ...DAY, name: 'No endpoint until 09:30; nobody has set fleetSize', fleetSize: 0, outage: [0, 30] }
];
