// Step 3 and 4 of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from './canonical';

export interface Scope {
  /** yyyymmdd */
  day: string;
  region: string;
  service: string;
}

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

export function signature(secretAccessKey: string, scope: Scope, amzDate: string, canonical: string): string {
  const day = hmac('AWS4' + secretAccessKey, scope.day);
  const key = hmac(hmac(hmac(day, scope.region), scope.service), 'aws4_request');
  const scopeText = `${scope.day}/${scope.region}/${scope.service}/aws4_request`;
  return hmac(key, ['AWS4-HMAC-SHA256', amzDate, scopeText, sha256Hex(canonical)].join('\n')).toString('hex');
}

export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
