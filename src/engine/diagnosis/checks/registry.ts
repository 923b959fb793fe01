import type { CheckId } from '../../../protocol/checks';
import type { Check } from '../diagnosis';
import { credentials } from './credentials';
import { dnsCheck } from './dns';
import { endpoint } from './repository-endpoint';
import { environment } from './environment';
import { httpApi } from './http-api';
import { index } from './package-index';
import { s3 } from './s3';
import { tcpCheck } from './tcp';
import { tlsCheck } from './tls';
import { token } from './token';
import { tools } from './package-tools';

/** Every check, once. */
export const CHECK_RUNS: Readonly<Record<CheckId, Check>> = {
  environment,
  credentials,
  'dns.api': dnsCheck('dns.api', ['environment']),
  'tcp.api': tcpCheck('tcp.api', ['dns.api']),
  'tls.api': tlsCheck('tls.api', ['tcp.api']),
  'http.api': httpApi,
  token,
  endpoint,
  'dns.repository': dnsCheck('dns.repository', ['endpoint']),
  'tcp.repository': tcpCheck('tcp.repository', ['dns.repository']),
  'tls.repository': tlsCheck('tls.repository', ['tcp.repository']),
  index,
  tools,
  s3
};
