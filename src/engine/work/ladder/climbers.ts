import type { RungId } from '../../../protocol/rung';
import type { Climber } from './run';
import { credentials } from './rungs/credentials';
import { dnsRung } from './rungs/dns';
import { endpoint } from './rungs/endpoint';
import { environment } from './rungs/environment';
import { httpApi } from './rungs/http-api';
import { index } from './rungs/index-rung';
import { s3 } from './rungs/s3';
import { tcpRung } from './rungs/tcp';
import { tlsRung } from './rungs/tls';
import { token } from './rungs/token';
import { tools } from './rungs/tools';

/** Who does each rung's work. */
export const CLIMBERS: Readonly<Record<RungId, Climber>> = {
  environment,
  credentials,
  'dns.api': dnsRung('dns.api'),
  'tcp.api': tcpRung('tcp.api'),
  'tls.api': tlsRung('tls.api'),
  'http.api': httpApi,
  token,
  endpoint,
  'dns.repository': dnsRung('dns.repository'),
  'tcp.repository': tcpRung('tcp.repository'),
  'tls.repository': tlsRung('tls.repository'),
  index,
  tools,
  s3
};
