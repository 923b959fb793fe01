import { webcrypto } from 'node:crypto';
import type { Tls } from './front';
import { fillReflect } from './reflect-shim';

export interface LeafOptions {
  /** Names and addresses that the certificate is good for. */
  names: string[];
  notBefore?: Date;
  notAfter?: Date;
}

/** A certificate authority for a test: nobody trusts it until told to. */
export interface Authority {
  /** PEM for AWS_CA_BUNDLE, PIP_CERT or SSL_CERT_FILE. */
  pem: string;
  issue(options: LeafOptions): Promise<Tls>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** `now` in milliseconds since the epoch; the authority is good for ten years around it. */
export async function createAuthority(commonName: string, now: number): Promise<Authority> {
  fillReflect();
  const x509 = await import('@peculiar/x509');
  const crypto = webcrypto as Crypto;
  x509.cryptoProvider.set(crypto);
  const generate = (): Promise<CryptoKeyPair> =>
    crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const serial = (): string =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(15)))
      .toString('hex')
      .replace(/^/, '01');
  const keys = await generate();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${commonName}`,
    notBefore: new Date(now - 1825 * dayMs),
    notAfter: new Date(now + 1825 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)
    ]
  });
  return {
    pem: root.toString('pem') + '\n',
    async issue({ names, notBefore, notAfter }) {
      const leafKeys = await generate();
      const leaf = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: `CN=${names[0].slice(0, 64)}`,
        issuer: root.subject,
        notBefore: notBefore ?? new Date(now - dayMs),
        notAfter: notAfter ?? new Date(now + 90 * dayMs),
        signingAlgorithm: algorithm,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map(value => ({
              type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
              value
            }))
          ),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
          await x509.SubjectKeyIdentifierExtension.create(leafKeys.publicKey)
        ]
      });
      const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', leafKeys.privateKey)).toString('base64');
      const lines = (der.match(/.{1,64}/g) ?? []).join('\n');
      const label = 'PRIVATE KEY';
      return {
        cert: leaf.toString('pem') + '\n',
        key: `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
      };
    }
  };
}
