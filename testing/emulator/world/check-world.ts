import { checkDocument } from '../policies/check-document';
import type { DnsMode, Fault, MetadataMode, TlsMode, World } from './world';

const faults: Fault['kind'][] = [
  'none', 'black_hole', 'refused', 'silent', 'handshake_silent', 'reset', 'handshake_reset', 'slow', 'throttled',
  'error', 'proxy_page', 'garbage'
]; // prettier-ignore
const tlsModes: TlsMode[] = [
  'ok', 'expired', 'not_yet_valid', 'wrong_name', 'unknown_issuer', 'old_version', 'plain'
]; // prettier-ignore
const dnsModes: DnsMode[] = ['ok', 'nxdomain', 'nodata', 'servfail', 'refused', 'drop', 'slow'];
const metadataModes: MetadataMode[] = ['ok', 'no_role', 'refused', 'silent', 'unauthorized'];

/** Throws a sentence when a world is none that the emulator can be: a test that misspells a fault must not pass. */
export function checkWorld(world: World): World {
  const { caller, endpoints } = world;
  for (const { document } of Object.values(caller.policies)) checkDocument(document, 'identity');
  for (const policy of [caller.boundary, caller.session, ...world.serviceControlPolicies]) {
    if (policy) checkDocument(policy.document, 'identity');
  }
  for (const { document } of world.resourceControlPolicies) checkDocument(document, 'resource');
  for (const { policy } of [endpoints.api, endpoints.repositories]) checkDocument(policy, 'resource');
  for (const { policy } of [...Object.values(world.domains), ...Object.values(world.repositories)]) {
    if (policy) checkDocument(policy, 'resource');
  }
  for (const [name, repository] of Object.entries(world.repositories)) {
    if (!Object.hasOwn(world.domains, repository.domain)) {
      throw new Error(`repository ${name} is in no domain that exists: ${repository.domain}`);
    }
  }
  for (const fault of Object.values(world.faults)) {
    if (!faults.includes(fault.kind))
      throw new Error(`there is no fault ${fault.kind}; there are: ${faults.join(', ')}`);
  }
  for (const mode of Object.values(world.metadata)) {
    if (!metadataModes.includes(mode))
      throw new Error(`metadata cannot be ${mode}; it can be: ${metadataModes.join(', ')}`);
  }
  for (const mode of Object.values(world.tls)) {
    if (!tlsModes.includes(mode)) throw new Error(`TLS cannot be ${mode}; it can be: ${tlsModes.join(', ')}`);
  }
  for (const mode of Object.values(world.dns)) {
    if (!dnsModes.includes(mode)) throw new Error(`DNS cannot be ${mode}; it can be: ${dnsModes.join(', ')}`);
  }
  return world;
}
