import type { CheckId } from '../../../protocol/rung';
import { routeOf, type Endpoint } from '../findings';
import { TLS_CAP_MS } from '../limits';
import { withFacts } from '../../core/failure';
import type { Check } from '../diagnosis';
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
    const { ca: ofAws, pipCa } = run.findings;
    const trusted = id === 'tls.api' ? ofAws && [ofAws.pem] : pipCa;
    const outcome = await run.deps.network.handshake(
      {
        host,
        port,
        address: route.address ?? host,
        capMs: TLS_CAP_MS,
        ...(proxy ? { proxy } : {}),
        ...(trusted ? { ca: trusted } : {})
      },
      signal
    );
    if (!outcome.ok) {
      const { failure } = outcome;
      const ca = ofAws ? { caBundle: ofAws.path } : {};
      return failedCheck(withFacts(failure, ca));
    }
    const { protocol, issuer, subject, validTo } = outcome.value;
    return passed(trans.__('%1, certificate by %2', protocol.replace('TLSv', 'TLS '), issuer), {
      host,
      protocol,
      issuer,
      subject,
      validTo
    });
  }
});
