import type { RungId } from '../../../../protocol/rung';
import { wayOf, type Place } from '../found';
import { TLS_CAP_MS } from '../limits';
import type { Climber } from '../run';
import { broke, notNeeded, ok, type Step } from '../step';

/** A handshake with the address that answered first, and what the certificate says. */
export const tlsRung =
  (id: RungId): Climber =>
  async (run, signal): Promise<Step> => {
    const way = wayOf(run.found, id);
    const place = way.place as Place;
    if (!place.secure) {
      return notNeeded('Not needed: the endpoint is plain http, as the environment names it.', {
        host: place.host
      });
    }
    const { host, port, proxy } = place;
    const { ca: ofAws, pipCa } = run.found;
    const trusted = id === 'tls.api' ? ofAws && [ofAws.pem] : pipCa;
    const outcome = await run.deps.network.handshake(
      {
        host,
        port,
        address: way.address ?? host,
        capMs: TLS_CAP_MS,
        ...(proxy ? { proxy } : {}),
        ...(trusted ? { ca: trusted } : {})
      },
      signal
    );
    if (!outcome.ok) {
      const { failure } = outcome;
      const ca = ofAws ? { caBundle: ofAws.path } : {};
      return broke({ ...failure, evidence: { ...failure.evidence, ...ca } });
    }
    const { protocol, issuer, subject, validTo } = outcome.value;
    return ok(`${protocol.replace('TLSv', 'TLS ')}, certificate by ${issuer}`, {
      host,
      protocol,
      issuer,
      subject,
      validTo
    });
  };
