import { CHECK_IDS, CHECKS, type CheckId } from '../../protocol/checks';
import { CHECK_RUNS } from './checks/registry';
import type { Shortcuts } from './diagnosis';

export type { Shortcuts } from './diagnosis';

/** One check: what must be there before it starts, and what it only relies on while it works. */
export interface PlannedCheck {
  readonly id: CheckId;
  readonly title: string;
  readonly needs: readonly CheckId[];
  readonly probes: readonly CheckId[];
}

/**
 * What can be checked before anybody has named a repository: everything up to the API's answer, and whether it answers
 * these credentials at all (checks/token.ts).
 */
export const WITHOUT_NAMES: readonly CheckId[] = ['credentials', 'http.api', 'token'];

/** The checks to run, in the order in which they are shown; with `only`, those and what they need. */
export function planFor(shortcuts: Shortcuts, only?: readonly CheckId[]): readonly PlannedCheck[] {
  const all = CHECK_IDS.map((id): PlannedCheck => {
    const check = CHECK_RUNS[id];
    const { needs, probes = [] } = check.shortened?.(shortcuts) ?? check;
    return { id, title: CHECKS[id].title, needs, probes };
  });
  if (only === undefined) {
    return all;
  }
  const wanted = new Set<CheckId>();
  const want = (id: CheckId): void => {
    wanted.add(id);
    all.find(check => check.id === id)?.needs.forEach(want);
  };
  only.forEach(want);
  return all
    .filter(check => wanted.has(check.id))
    .map(check => ({ ...check, probes: check.probes.filter(id => wanted.has(id)) }));
}
