import { type Outcome, done, failed } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { profileName, readConfigFiles } from './config-files';
import type { ReadText } from './read-text';

export interface CaBundle {
  /** PEM; takes the place of the built-in authorities. */
  readonly pem: string;
  readonly path: string;
  /** In words: the variable or the profile that names the file. */
  readonly source: string;
}

/**
 * The certificates that the AWS CLI would trust in place of its own: AWS_CA_BUNDLE, the profile's `ca_bundle`,
 * REQUESTS_CA_BUNDLE (botocore: configprovider and endpoint._get_verify_value). Null when none is named. Fails with
 * `tls` when the file cannot be read or holds no certificate: going on with others would trust what was not asked for.
 */
export async function findCaBundle(
  runtime: Pick<Runtime, 'env' | 'home'>,
  profile: string,
  readText: ReadText
): Promise<Outcome<CaBundle | null>> {
  const { env, home } = runtime;
  const { name } = profileName(profile, env);
  const ofProfile = (await readConfigFiles(runtime, readText)).profile(name)?.merged.ca_bundle;
  const named =
    (env.AWS_CA_BUNDLE && { path: env.AWS_CA_BUNDLE, source: 'the variable AWS_CA_BUNDLE' }) ||
    (ofProfile && { path: ofProfile, source: `ca_bundle of profile ${name}` }) ||
    (env.REQUESTS_CA_BUNDLE && { path: env.REQUESTS_CA_BUNDLE, source: 'the variable REQUESTS_CA_BUNDLE' });
  if (!named) {
    return done(null);
  }
  const path = named.path.replace(/^~(?=\/|$)/, home);
  const pem = await readText(path);
  return pem?.includes('-----BEGIN CERTIFICATE-----')
    ? done({ pem, path, source: named.source })
    : failed('ca_bundle', {
        path,
        source: named.source,
        problem: pem === null ? 'unreadable' : 'no_certificate'
      });
}
