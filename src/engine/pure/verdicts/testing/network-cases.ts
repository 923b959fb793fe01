import { API, type Case, dns, node, PRIVATE, PUBLIC, REPOSITORY, row, silent } from './case';

/** Rows 1 to 20 of the table of symptoms: names, sockets, TLS. */
export const NETWORK_SYMPTOMS: readonly Case[] = [
  row(
    '2b.1',
    dns('ENOTFOUND'),
    ['dns', 'dns_not_found', /does not exist/, 'network administrator', /forward/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.1',
    node('ENOTFOUND', { phase: 'dns', host: REPOSITORY }),
    ['dns', 'dns_not_found', /does not exist/, 'you', /owner \(111122223333\)/],
    { rung: 'dns.repository' }
  ),
  row(
    '2b.2',
    dns('ENODATA'),
    ['dns', 'dns_no_data', /no address/, 'network administrator', /--ip-address-type ipv4/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.3',
    dns('ESERVFAIL'),
    [
      'dns',
      'dns_refused',
      /ESERVFAIL/,
      'network administrator',
      /DNS Firewall[\s\S]*update-firewall-domains/
    ],
    { rung: 'dns.api' }
  ),
  row('2b.3', dns('EREFUSED'), ['dns', 'dns_refused', /EREFUSED/, 'network administrator', /DNS Firewall/], {
    rung: 'dns.api'
  }),
  row(
    '2b.4',
    dns('ETIMEOUT'),
    ['dns', 'dns_silent', /1.8 s/, 'network administrator', /--enable-dns-support/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.4',
    dns('ECANCELLED'),
    ['dns', 'dns_silent', /did not answer/, 'network administrator', /--port 53/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.4',
    dns('EAI_AGAIN'),
    ['dns', 'dns_unclear', /EAI_AGAIN/, 'network administrator', /Look in this order/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.5',
    dns('ECONNREFUSED'),
    ['dns', 'dns_server_unreachable', /cannot be reached/, 'platform team', /resolv\.conf/],
    { rung: 'dns.api' }
  ),
  row('2b.6', silent(PUBLIC), [
    'timeout',
    'tcp_silent',
    /public address 54\.239\.55\.167.*3\.3 s.*missing.*private DNS is off/,
    'network administrator',
    /create-vpc-endpoint[\s\S]*--private-dns-enabled/
  ]),
  row('2b.8', silent(PRIVATE), [
    'timeout',
    'tcp_silent',
    /private address 10\.0\.1\.41 and 1 more.*security group/,
    'network administrator',
    /--protocol tcp[\s\S]*--port 443[\s\S]*--source-group/
  ]),
  row('2b.8', node('ETIMEDOUT', { ...PRIVATE, waitedMs: 134_100 }), [
    'timeout',
    'tcp_silent',
    /134\.1 s/,
    'network administrator',
    /authorize-security-group-ingress/
  ]),
  row('2b.10', node('ECONNREFUSED', {}), [
    'refused',
    'tcp_refused',
    /refused the connection/,
    'network administrator',
    /\/etc\/hosts[\s\S]*list-hosted-zones-by-vpc/
  ]),
  row('2b.11', node('ENETUNREACH', {}), ['refused', 'tcp_no_route', /no route/, 'platform team', /ip route/]),
  row('2b.11', node('EHOSTUNREACH', {}), [
    'refused',
    'tcp_no_route',
    /no route/,
    'platform team',
    /ip route/
  ]),
  row('2b.12', node('EACCES', {}), [
    'refused',
    'tcp_forbidden_here',
    /itself forbids/,
    'platform team',
    /prohibit/
  ]),
  row('2b.12', node('EINVAL', {}), [
    'refused',
    'tcp_forbidden_here',
    /itself forbids/,
    'platform team',
    /blackhole/
  ]),
  row('2b.13', node('ECONNRESET', {}, { syscall: 'connect' }), [
    'refused',
    'tcp_reset',
    /was cut/,
    'network administrator',
    /firewall/
  ]),
  row(
    '2b.14',
    node('ECONNRESET', { phase: 'tls' }, { syscall: 'read' }),
    ['tls', 'tls_reset', /when TLS began/, 'network administrator', /tls\.sni/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.15',
    silent({ phase: 'tls', waitedMs: 2000, addressClass: 'private' }),
    ['timeout', 'tls_silent', /accepts the connection.*2 s/, 'network administrator', /mtu 1500/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.16',
    node(
      'ERR_TLS_CERT_ALTNAME_INVALID',
      { phase: 'tls' },
      {
        reason: `Host: ${API}. is not in the cert's altnames: DNS:*.d.codeartifact.eu-central-1.amazonaws.com`
      }
    ),
    [
      'tls',
      'tls_name_mismatch',
      /but for \*\.d\.codeartifact/,
      'network administrator',
      /private hosted zones/
    ],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('SELF_SIGNED_CERT_IN_CHAIN', { phase: 'tls', issuer: 'O=Example Proxy' }),
    [
      'tls',
      'tls_untrusted',
      /issued by O=Example Proxy/,
      'platform team',
      /AWS_CA_BUNDLE[\s\S]*global\.cert|global\.cert[\s\S]*AWS_CA_BUNDLE/
    ],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { phase: 'tls' }),
    ['tls', 'tls_untrusted', /does not trust/, 'platform team', /\*\.amazonaws\.com/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('DEPTH_ZERO_SELF_SIGNED_CERT', { phase: 'tls' }),
    ['tls', 'tls_untrusted', /does not trust/, 'platform team', /CA_FILE/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.18',
    node('CERT_HAS_EXPIRED', { phase: 'tls' }),
    ['tls', 'tls_expired', /clock/, 'platform team', /169\.254\.169\.123/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.18',
    node('CERT_NOT_YET_VALID', { phase: 'tls' }),
    ['tls', 'tls_expired', /clock/, 'platform team', /chronyc makestep/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.19',
    node('ERR_SSL_WRONG_VERSION_NUMBER', { phase: 'tls' }),
    ['tls', 'tls_not_tls', /does not speak TLS/, 'network administrator', /openssl s_client/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.20',
    node('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', { phase: 'tls' }),
    ['tls', 'tls_old_version', /no longer accepted/, 'network administrator', /TLS 1\.2/],
    { rung: 'tls.api' }
  )
];
