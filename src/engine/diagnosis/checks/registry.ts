import type { CheckId } from '../../../protocol/rung';
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

/** Who does each rung's work. */
export const CHECKS: Readonly<Record<CheckId, Check>> = {
  environment,
  credentials,
  'dns.api': dnsCheck('dns.api'),
  'tcp.api': tcpCheck('tcp.api'),
  'tls.api': tlsCheck('tls.api'),
  'http.api': httpApi,
  token,
  endpoint,
  'dns.repository': dnsCheck('dns.repository'),
  'tcp.repository': tcpCheck('tcp.repository'),
  'tls.repository': tlsCheck('tls.repository'),
  index,
  tools,
  s3
};
