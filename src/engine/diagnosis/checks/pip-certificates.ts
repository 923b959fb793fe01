import { besideBuiltIn } from '../../net/trust';
import type { Runtime } from '../../runtime/runtime';
import { concern, type Concern } from '../check-result';

/** In pip's order: its own option as a variable, then requests' (requests/sessions.py, merge_environment_settings). */
const VARIABLES = ['PIP_CERT', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const;

export interface PipCertificates {
  /** What to trust for the package index; undefined: the built-in authorities. */
  readonly ca?: readonly string[];
  readonly evidence: Readonly<Record<string, unknown>>;
  /** pip stops at a file that it cannot read. */
  readonly concern?: Concern;
}

/**
 * The certificates that pip trusts by its variables, in place of its own. Without any, what the AWS tools are told to
 * trust is taken beside the built-in authorities: pip may have it from the system's store, which Node does not read.
 */
export async function pipCertificates(
  { env, home }: Pick<Runtime, 'env' | 'home'>,
  readText: (path: string) => Promise<string | null>,
  ofAws: string | undefined
): Promise<PipCertificates> {
  const variable = VARIABLES.find(name => env[name]);
  if (!variable) {
    return { evidence: {}, ...(ofAws === undefined ? {} : { ca: besideBuiltIn(ofAws) }) };
  }
  const path = (env[variable] ?? '').replace(/^~(?=\/|$)/, home);
  const evidence = { pipCaBundle: path, pipCaBundleVariable: variable };
  const pem = await readText(path);
  if (pem?.includes('-----BEGIN CERTIFICATE-----')) {
    return { evidence, ca: [pem] };
  }
  return {
    evidence,
    concern: concern('pip_certificates', {
      ...evidence,
      problem: pem === null ? 'unreadable' : 'no_certificate'
    })
  };
}
