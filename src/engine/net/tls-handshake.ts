import { isIP } from 'node:net';
import { connect as tlsConnect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { done, type Outcome, withFacts } from '../core/failure';
import { failureFromNode } from './node-error';
import type { Clock } from '../runtime/runtime';
import { addressClass } from './address-class';
import { abortReason, within } from '../runtime/deadline';
import { refusedTunnel } from './tunnel-failure';
import { openSocket, type TunnelRoute } from './tunnel';

/** What the certificate shown says of itself. */
export interface Shown {
  /** Such as "Amazon": the organization, else the common name. */
  readonly issuer: string;
  readonly subject: string;
  /** As the certificate writes them. */
  readonly validFrom: string;
  readonly validTo: string;
}

export interface Handshake extends Shown {
  /** Such as "TLSv1.3". */
  readonly protocol: string;
}

export interface HandshakeTarget extends TunnelRoute {
  /** Certificates to trust instead of Node's own, PEM. */
  readonly ca?: readonly string[];
  /** Milliseconds, from the first SYN to the end of the handshake. */
  readonly capMs: number;
}

export type ShakeHands = (target: HandshakeTarget, signal: AbortSignal) => Promise<Outcome<Handshake>>;

/**
 * One TLS handshake; nothing is sent through it. The certificate is judged after the handshake rather than
 * during it (`rejectUnauthorized: false`), because Node shows no certificate that it has rejected, and the
 * issuer's name is what tells a proxy that opens TLS. The connection is closed either way.
 */
export function createHandshake(clock: Clock): ShakeHands {
  return async (target, signal) => {
    const started = clock.ticks();
    let shown: Shown | undefined;
    try {
      const value = await within(clock, target.capMs, signal, async inner => {
        const socket = await openSocket(target, inner);
        const secure = tlsConnect({
          socket,
          host: target.host,
          ...(isIP(target.host) ? {} : { servername: target.host }),
          ...(target.ca ? { ca: [...target.ca] } : {}),
          ALPNProtocols: ['http/1.1'],
          rejectUnauthorized: false
        });
        try {
          await shaken(secure, inner);
          shown = certificate(secure.getPeerCertificate());
          const problem = problemOf(secure, target.host);
          if (problem) {
            throw problem;
          }
          return { ...shown, protocol: secure.getProtocol() ?? 'unknown' };
        } finally {
          secure.destroy();
          socket.destroy();
        }
      });
      return done(value);
    } catch (error) {
      if (signal.aborted) {
        throw abortReason(signal);
      }
      const failure =
        refusedTunnel(error, target) ??
        failureFromNode(error, {
          phase: 'tls',
          host: target.host,
          port: target.port,
          addressClass: addressClass(target.address),
          addresses: [{ address: target.address }],
          waitedMs: Math.round(clock.ticks() - started),
          ...(shown ? { issuer: shown.issuer } : {})
        });
      return { ok: false, failure: withFacts(failure, shown ?? {}) };
    }
  };
}

/** Error listeners stand before anything can happen: a RST between two of them would leave silence. */
function shaken(secure: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      secure.destroy();
      reject(abortReason(signal));
    };
    signal.addEventListener('abort', stop, { once: true });
    secure.once('error', reject);
    secure.once('close', () => {
      signal.removeEventListener('abort', stop);
      reject(
        Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET', syscall: 'read' })
      );
    });
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}

/** Node's verdict on the certificate, as the error it would have thrown. */
function problemOf(secure: TLSSocket, host: string): Error | undefined {
  const code = secure.authorizationError as unknown as string | undefined;
  if (secure.authorized || !code) {
    return undefined;
  }
  const error = Object.assign(new Error(`the certificate was not accepted: ${code}`), { code });
  // Node's own reason leaves the names out where the host is an IP address.
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? Object.assign(error, {
        reason: `Host: ${host}. is not in the cert's altnames: ${secure.getPeerCertificate().subjectaltname ?? ''}`
      })
    : error;
}

/** Names in a certificate come from whoever made it: kept short. */
const LONGEST_NAME = 100;

function certificate(peer: PeerCertificate): Shown {
  const name = (of: PeerCertificate['issuer'] | undefined) =>
    String(of?.O ?? of?.CN ?? of?.OU ?? 'an issuer without a name').slice(0, LONGEST_NAME);
  return {
    issuer: name(peer.issuer),
    subject: String(peer.subject?.CN ?? peer.subject?.O ?? '').slice(0, LONGEST_NAME),
    validFrom: peer.valid_from ?? '',
    validTo: peer.valid_to ?? ''
  };
}
