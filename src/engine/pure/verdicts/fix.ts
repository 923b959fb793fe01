import type { Fix } from '../../../protocol/fix';
import type { Failure } from './failure';
import type { FixFacts } from './fix-facts';

/** What to do about a failure, who can, and the exact text; undefined where nothing is to be done. */
export function fixFor(_failure: Failure, _facts: FixFacts): Fix | undefined {
  return undefined;
}
