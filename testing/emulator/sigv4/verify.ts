import { header, type Call } from '../http/call';
import { parseAuthorization } from './authorization';
import { canonicalRequest, sha256Hex } from './canonical';
import { skewMessage } from './skew';
import { sameText, signature } from './signature';

export interface AccessKey {
  secretAccessKey: string;
  /** Temporary credentials carry one, and the request must carry the same. */
  sessionToken: string | null;
  state: 'valid' | 'expired' | 'revoked';
}

export interface Refusal {
  code: string;
  message: string;
}

export interface Verifier {
  region: string;
  service: string;
  now: number;
  keys: (accessKeyId: string) => AccessKey | undefined;
}

const invalidToken = 'The security token included in the request is invalid.';
const wrongSignature =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

const invalid = (message: string): Refusal => ({ code: 'InvalidSignatureException', message });

/** Judges a request's signature; the access key id when it holds, else AWS's refusal. */
export function verify(call: Call, verifier: Verifier): { accessKeyId: string } | Refusal {
  const text = header(call, 'authorization');
  if (text === undefined || !text.startsWith('AWS4-HMAC-SHA256')) {
    return { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
  }
  const amzDate = header(call, 'x-amz-date');
  const parsed = parseAuthorization(text);
  const missing = 'missing' in parsed ? parsed.missing : [];
  if (amzDate === undefined) {
    missing.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`);
  }
  if ('missing' in parsed || amzDate === undefined) {
    return { code: 'IncompleteSignatureException', message: missing.join(' ') };
  }
  const { accessKeyId, scope, signedHeaders } = parsed;
  if (scope.service !== verifier.service)
    return invalid(`Credential should be scoped to correct service: '${verifier.service}'.`);
  if (scope.region !== verifier.region) return invalid('Credential should be scoped to a valid region.');
  if (amzDate.slice(0, 8) !== scope.day) {
    return invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.day}' != ` +
        `'${amzDate.slice(0, 8)}', from '${amzDate}'.`
    );
  }
  const key = verifier.keys(accessKeyId);
  if (key === undefined || key.state === 'revoked')
    return { code: 'UnrecognizedClientException', message: invalidToken };
  const skew = skewMessage(amzDate, verifier.now);
  if (skew !== undefined) return invalid(skew);
  const unsigned = ['host', 'x-amz-date', 'x-amz-security-token'].find(
    name => call.headers.has(name) && !signedHeaders.includes(name)
  );
  if (unsigned !== undefined) {
    return invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const claimed = header(call, 'x-amz-content-sha256');
  const isS3 = verifier.service === 's3';
  // S3 signs the path as it was sent, and lets a body go unsigned over TLS.
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  const bodyHash = isS3 && claimed === 'UNSIGNED-PAYLOAD' ? claimed : sha256Hex(call.body);
  const expected = signature(
    key.secretAccessKey,
    scope,
    amzDate,
    canonicalRequest(call, signedHeaders, bodyHash, isS3 ? path => path : undefined)
  );
  if ((claimed !== undefined && claimed !== bodyHash) || !sameText(expected, parsed.signature))
    return invalid(wrongSignature);
  if ((header(call, 'x-amz-security-token') ?? null) !== key.sessionToken) {
    return { code: 'UnrecognizedClientException', message: invalidToken };
  }
  if (key.state === 'expired') {
    return {
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired'
    };
  }
  return { accessKeyId };
}
