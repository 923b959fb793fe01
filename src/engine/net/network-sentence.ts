import type { Cause } from '../core/failure';
import { fact, list, type Evidence } from '../core/evidence';

/** "3.3 s", from milliseconds. */
export const inSeconds = (ms: number): string => `${(Math.round(ms / 100) / 10).toString()} s`;

/** "10.0.1.41", "10.0.1.41 and 2 more addresses": never a wall of numbers in a sentence. */
function someAddresses(evidence: Evidence): string {
  const all = list(evidence);
  const [first] = all;
  if (first === undefined) {
    return '';
  }
  return all.length === 1 ? first.address : `${first.address} and ${all.length - 1} more`;
}

/** What happened on the network, in one plain sentence; pure function of cause and evidence. */
export function networkSentence(cause: Cause, evidence: Evidence): string {
  const host = fact(evidence, 'host') || 'the host';
  const port = fact(evidence, 'port') || '443';
  const waited = typeof evidence.waitedMs === 'number' ? ` in ${inSeconds(evidence.waitedMs)}` : '';
  const where = someAddresses(evidence);
  const code = fact(evidence, 'code');
  const coded = code === '' ? '' : ` (${code})`;
  const shown = fact(evidence, 'issuer');
  switch (cause) {
    case 'tcp_silent':
      return silence(evidence, host, port, waited, where);
    case 'dns_not_found':
      return `The name ${host} does not exist for this notebook's resolver.`;
    case 'dns_no_data':
      return `The name ${host} exists, but has no address of the kind asked for.`;
    case 'dns_refused':
      return `The resolver refused to look up ${host}, or failed at it${coded}.`;
    case 'dns_silent':
      return `The resolver did not answer for ${host}${waited}.`;
    case 'dns_server_unreachable':
      return `The resolver that this notebook is set to use cannot be reached${coded}.`;
    case 'dns_unclear':
      return `The resolver gave no usable answer for ${host}${coded}; the system does not say why.`;
    case 'tcp_refused':
      return `${target(host, where)} refused the connection on port ${port}: something is there, but it does not serve this.`;
    case 'tcp_no_route':
      return `This notebook has no route to ${target(host, where)}${coded}.`;
    case 'tcp_forbidden_here':
      return `This notebook itself forbids connections to ${target(host, where)}${coded}.`;
    case 'tcp_reset':
      return `The connection to ${target(host, where)} on port ${port} was cut.`;
    case 'tls_reset':
      return `The connection to ${host} was cut when TLS began: something on the way does not let this name through${coded}.`;
    case 'tls_silent':
      return `${target(host, where)} accepts the connection, but nothing answers to TLS${waited}: large packets or TLS are dropped on the way.`;
    case 'tls_name_mismatch': {
      const names = fact(evidence, 'certificateNames');
      return `The certificate shown is not for ${host}${names === '' ? '' : `, but for ${names}`}: the name leads to the wrong place.`;
    }
    case 'tls_untrusted':
      return shown === ''
        ? `The certificate of ${host} is from an issuer that this notebook does not trust${coded}.`
        : `The certificate of ${host} was issued by ${shown}, which this notebook does not trust: a proxy opens TLS on the way.`;
    case 'tls_expired':
      return `The certificate of ${host} is not valid at this notebook's time${coded}; most likely the clock is wrong.`;
    case 'tls_not_tls':
      return `What answers at ${target(host, where)} on port ${port} does not speak TLS.`;
    case 'tls_old_version':
      return `What answers at ${host} speaks only TLS versions that are no longer accepted.`;
    case 'http_silent':
      return `${host} accepts the request, but does not answer${waited}.`;
    case 'http_proxy_auth':
      return `A proxy on the way to ${host} asks for a user name and password, or refuses to connect.`;
    default:
      return `${host} answered with something that is not HTTP${coded}.`;
  }
}

const target = (host: string, where: string): string => (where === '' ? host : `${host} (${where})`);

/** Design: a timeout always says whether the name led to a private or a public address. */
function silence(evidence: Evidence, host: string, port: string, waited: string, where: string): string {
  const nothing = `nothing answers on port ${port}${waited}`;
  switch (fact(evidence, 'addressClass')) {
    case 'public':
      return `${host} leads to the public address ${where || 'of the service'} and ${nothing}: the endpoint is missing from this VPC, or its private DNS is off.`;
    case 'private':
      return `${host} leads to the private address ${where || 'of an endpoint'}, but ${nothing}: most likely its security group does not let this notebook in.`;
    case 'loopback':
      return `${host} leads to this notebook itself (${where || 'loopback'}), and ${nothing}.`;
    default:
      return `Nothing answers at ${target(host, where)} on port ${port}${waited}.`;
  }
}
