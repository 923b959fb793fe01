import type { Evidence } from '../../protocol/messages/evidence';
import { type Failure, failure } from '../core/failure';
import { parseDenial } from './denial';

/** AWS's text is kept this far where we did not understand it: then the administrator must read it. */
const LONGEST_MESSAGE = 1000;

/** AccessDenied, read; evidence carries what AWS named and nothing that it did not. */
export function deniedFailure(
  message: string,
  evidence: Pick<Evidence, 'host' | 'operation' | 'status'>
): Failure {
  const denial = parseDenial(message);
  return failure('denied', {
    ...evidence,
    ...denial,
    ...(denial.policyType === 'unknown' && message !== ''
      ? { message: message.slice(0, LONGEST_MESSAGE) }
      : {})
  });
}
