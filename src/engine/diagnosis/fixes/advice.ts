import type { Fix } from '../../../protocol/fix';
import type { Concern } from '../check-result';
import type { FixContext } from './fix-facts';
import { resolverUnclear } from './dns';
import { endpointMissing } from './endpoint-missing';
import { skewedClock } from './fix-for';
import { deniedFix } from './denied';
import { noPublicSource, noUpstream } from './not-found';
import { proxyPage } from './proxy';
import { s3Policy, s3Unreachable } from './s3';
import { deadAddresses } from './security-group';
import { untrusted } from './tls';
import { together, trans } from '../../core/say';

/** The fix beside a warning. Nothing is broken yet, so each says what it is for. */
export function fixForWarning(concern: Concern, facts: FixContext): Fix {
  switch (concern.warning) {
    case 'public_path': {
      const fix = endpointMissing(facts);
      return {
        ...fix,
        text: together(
          trans.__('This works, but past the endpoint and its policy, over a public address.'),
          fix.text
        )
      };
    }
    case 'dead_addresses':
      return deadAddresses(facts);
    case 'no_upstream':
      return noUpstream(facts);
    case 'no_public_source':
      return noPublicSource(facts, concern.evidence.upstreams);
    case 'upstreams_not_checked':
      return deniedFix({ action: 'codeartifact:DescribeRepository', ...concern.evidence }, facts);
    case 'system_resolver':
      return resolverUnclear(concern.evidence, facts);
    case 'proxy_for_both':
    case 'proxy_for_pip':
    case 'proxy_for_aws':
      return proxyPage(facts);
    case 'pip_certificates':
      return untrusted(concern.evidence, facts);
    case 'clock_off':
      return skewedClock(concern.evidence.skewSeconds);
  }
}

/** What the advisory `s3` has to say. */
export const fixForS3 = (advice: 's3_unreachable' | 's3_denied', facts: FixContext): Fix =>
  advice === 's3_unreachable' ? s3Unreachable(facts) : s3Policy(facts);
