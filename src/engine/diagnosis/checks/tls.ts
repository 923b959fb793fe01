import { TOOL } from '../../../protocol/tools';
import type { CheckId } from '../../../protocol/rung';
import { routeOf, type Endpoint } from '../findings';
import { TLS_CAP_MS } from '../limits';
import { withFacts } from '../../core/failure';
import type { Handshake } from '../../net/tls-handshake';
import type { Check, CheckContext } from '../diagnosis';
import { seenByTools } from '../index-trust';
import { failedCheck, notNeeded, passed, type CheckResult } from '../check-result';
import { trans } from '../../core/say';

/** A handshake with the address that answered first, and what the certificate says. */
export const tlsCheck = (id: CheckId, needs: readonly CheckId[]): Check => ({
  needs,
  async run(run, signal): Promise<CheckResult> {
    const route = routeOf(run.findings, id);
    const endpoint = route.endpoint as Endpoint;
    if (!endpoint.secure) {
      return notNeeded(trans.__('Not needed: the endpoint is plain http, as the environment names it.'), {
        host: endpoint.host
      });
    }
    const { host, port, proxy } = endpoint;
    const { ca: ofAws } = run.findings;
    if (id === 'tls.repository') {
      return ofTools(run, endpoint, signal);
    }
    const outcome = await run.deps.network.handshake(
      {
        host,
        port,
        address: route.address ?? host,
        capMs: TLS_CAP_MS,
        ...(proxy ? { proxy } : {}),
        ...(ofAws ? { ca: [ofAws.pem] } : {})
      },
      signal
    );
    if (!outcome.ok) {
      return failedCheck(withFacts(outcome.failure, bundleOf(run)));
    }
    return trusted(host, outcome.value);
  }
});

const bundleOf = ({ findings: { ca } }: CheckContext) => (ca ? { caBundle: ca.path } : {});

const trusted = (host: string, { protocol, issuer, subject, validTo }: Handshake): CheckResult =>
  passed(trans.__('%1, certificate by %2', protocol.replace('TLSv', 'TLS '), issuer), {
    host,
    protocol,
    issuer,
    subject,
    validTo
  });

/** Broken where no chosen tool goes on; which of several does not is told by the check of the tools. */
async function ofTools(run: CheckContext, endpoint: Endpoint, signal: AbortSignal): Promise<CheckResult> {
  const { host } = endpoint;
  const address = run.findings.repository.address ?? host;
  const seen = await seenByTools(run, endpoint, { address }, signal);
  const shaken = seen.find(one => one.shaken)?.shaken;
  if (shaken) {
    return trusted(host, shaken);
  }
  const { ignored, trust } = seen.find(one => one.ignored) ?? {};
  if (ignored && trust) {
    const { issuer = '' } = ignored.evidence;
    return passed(
      trans.__('certificate by %1, which %2 is told not to check', issuer, TOOL[trust.tool].title),
      {
        host,
        issuer
      }
    );
  }
  const failure = seen.find(one => one.failure)?.failure;
  return failure ? failedCheck(withFacts(failure, bundleOf(run))) : notNeeded(trans.__('Not looked at.'));
}
