import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { endpointMissing } from './endpoint-missing';
import { noUpstream } from './not-found';
import { s3Policy, s3Unreachable } from './s3';
import { deadAddresses } from './security-group';

/** What a rung that is `ok` may still have to say (`warning`), and the advisory `s3`. */
export type Advice = 'public_path' | 'dead_addresses' | 'no_upstream' | 's3_unreachable' | 's3_denied';

/** The fix beside a warning. Nothing is broken yet, so each says what it is for. */
export function fixForWarning(advice: Advice, facts: FixContext): Fix {
  switch (advice) {
    case 'public_path': {
      const fix = endpointMissing(facts);
      return {
        ...fix,
        text: `This works, but past the endpoint and its policy, over a public address. ${fix.text}`
      };
    }
    case 'dead_addresses':
      return deadAddresses(facts);
    case 'no_upstream':
      return noUpstream(facts);
    case 's3_unreachable':
      return s3Unreachable(facts);
    case 's3_denied':
      return s3Policy(facts);
  }
}
