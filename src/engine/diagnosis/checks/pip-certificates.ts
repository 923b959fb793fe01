import { besideBuiltIn } from '../../net/trust';
import type { Runtime } from '../../runtime/runtime';
import type { PipNetwork } from '../../tools/pip/network';
import { concern, type Concern } from '../check-result';
import { trans } from '../../core/say';

type ReadText = (path: string) => Promise<string | null>;

/** In requests' order (sessions.py, `merge_environment_settings`), then pip's own: where pip's files are not known. */
const VARIABLES = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT'] as const;

/**
 * The system's authorities, which pip trusts beside its own since 24.2.
 * https://github.com/sethmlarson/truststore/blob/main/src/truststore/_openssl.py (`_CA_FILE_CANDIDATES`)
 */
const SYSTEM = [
  '/etc/ssl/cert.pem',
  '/etc/pki/tls/cert.pem',
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/ssl/ca-bundle.pem'
];

export interface PipCertificates {
  /** What to trust for the package index; undefined: the built-in authorities. */
  readonly ca?: readonly string[];
  readonly evidence: Readonly<Record<string, unknown>>;
  /** pip stops at a file that holds no certificate. */
  readonly concern?: Concern;
}

/**
 * The certificates that the server's own pip trusts: those that its files or variables name, in place of its own; else
 * its own, and the system's where it reads them. What the AWS tools are told to trust is nothing to pip.
 */
export async function pipCertificates(
  { env, home }: Pick<Runtime, 'env' | 'home'>,
  readText: ReadText,
  network: PipNetwork | undefined
): Promise<PipCertificates> {
  const named = network === undefined ? byVariables(env, home) : ofPip(network);
  if (!named) {
    const system = (network?.trustsSystem ?? true) ? await systemBundle(env, readText) : null;
    return { evidence: {}, ...(system === null ? {} : { ca: besideBuiltIn(system) }) };
  }
  const { path, source } = named;
  const evidence = { pipCaBundle: path, pipCaBundleVariable: source };
  const pem = await readText(path);
  if (pem?.includes('-----BEGIN CERTIFICATE-----')) {
    return { evidence, ca: [pem] };
  }
  // A file that is not there is told by the check of the tools; a folder of certificates cannot be read as a text.
  if (pem === null) {
    return { evidence };
  }
  return { evidence, concern: concern('pip_certificates', { ...evidence, problem: 'no_certificate' }) };
}

interface Named {
  readonly path: string;
  readonly source: string;
}

function ofPip({ certificates }: PipNetwork): Named | undefined {
  if (!certificates) {
    return undefined;
  }
  const { variable, line, path } = certificates.shadow;
  return { path: certificates.path, source: variable ?? trans.__('line %1 of %2', line, path) };
}

function byVariables(env: Runtime['env'], home: string): Named | undefined {
  const source = VARIABLES.find(name => env[name]);
  return source && { path: (env[source] ?? '').replace(/^~(?=\/|$)/, home), source };
}

/** The machine's own authorities. */
export async function systemBundle(env: Runtime['env'], readText: ReadText): Promise<string | null> {
  for (const path of env.SSL_CERT_FILE ? [env.SSL_CERT_FILE] : SYSTEM) {
    const pem = await readText(path);
    if (pem?.includes('-----BEGIN CERTIFICATE-----')) {
      return pem;
    }
  }
  return null;
}
