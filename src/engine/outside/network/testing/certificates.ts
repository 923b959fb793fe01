import './reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

/** Certificates for the TLS tests: an authority and what it signs, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 24 * 3600 * 1000;
// The package is typed for the browser's crypto; Node's is the same interface.
const crypto = webcrypto as unknown as Crypto;

async function pem(keys: CryptoKeyPair, cert: x509.X509Certificate): Promise<Pair> {
  const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: cert.toString('pem'), key: x509.PemConverter.encode(der, 'PRIVATE KEY') };
}

export interface Authority {
  readonly cert: string;
  /** A certificate for `names` (DNS names or IP addresses), valid from and to days from now. */
  sign(names: readonly string[], days?: { readonly from: number; readonly to: number }): Promise<Pair>;
}

export async function createAuthority(organization: string): Promise<Authority> {
  x509.cryptoProvider.set(crypto);
  const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const ca = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: `CN=${organization} Root, O=${organization}`,
      notBefore: new Date(Date.now() - 10 * DAY),
      notAfter: new Date(Date.now() + 10 * DAY),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)
      ]
    },
    crypto
  );
  return {
    cert: ca.toString('pem'),
    async sign(names, days = { from: -1, to: 1 }) {
      const own = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
      const alternative = names.map(value => ({
        type: /^[\d.:]+$/.test(value) ? ('ip' as const) : ('dns' as const),
        value
      }));
      const cert = await x509.X509CertificateGenerator.create(
        {
          serialNumber: '02',
          subject: `CN=${names[0] ?? 'nobody'}`,
          issuer: ca.subject,
          notBefore: new Date(Date.now() + days.from * DAY),
          notAfter: new Date(Date.now() + days.to * DAY),
          signingAlgorithm: algorithm,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          extensions: [new x509.SubjectAlternativeNameExtension(alternative)]
        },
        crypto
      );
      return pem(own, cert);
    }
  };
}

export async function selfSigned(name: string): Promise<Pair> {
  x509.cryptoProvider.set(crypto);
  const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const cert = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '03',
      name: `CN=${name}`,
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])]
    },
    crypto
  );
  return pem(keys, cert);
}
