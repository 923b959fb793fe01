// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
import { createVerify } from 'node:crypto';
import { AdminError } from '../admin/plane';
import type { IdentityProvider, World } from '../world/world';

export interface WebIdentity {
  /** ARN of the provider, as a trust policy names it. */
  provider: string;
  /** Condition keys of a trust policy: the issuer's `sub` and `aud`. */
  context: Record<string, string>;
}

const invalid = (message: string): AdminError => new AdminError('InvalidIdentityToken', message);

interface Claims {
  iss?: string;
  sub?: string;
  aud?: string | string[];
  exp?: number;
}

function read(token: string): { claims: Claims; signed: string; signature: Buffer } {
  const parts = token.split('.');
  try {
    const json = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const { alg } = json(parts[0]) as { alg?: string };
    if (alg !== 'RS256' || parts.length !== 3) throw new Error('another kind of token');
    return {
      claims: json(parts[1]) as Claims,
      signed: parts.slice(0, 2).join('.'),
      signature: Buffer.from(parts[2], 'base64url')
    };
  } catch {
    throw invalid(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'
    );
  }
}

function isSignedBy({ publicKey }: IdentityProvider, signed: string, signature: Buffer): boolean {
  return createVerify('RSA-SHA256').update(signed).verify(publicKey, signature);
}

/** Whom a token names, or STS's refusal of it. */
export function webIdentityOf(world: World, token: string, now: number): WebIdentity {
  const { claims, signed, signature } = read(token);
  const issuer = (claims.iss ?? '').replace(/^https:\/\//, '');
  const known = Object.hasOwn(world.identityProviders, issuer) ? world.identityProviders[issuer] : undefined;
  if (known === undefined) throw invalid(`No OpenIDConnect provider found in your account for ${claims.iss}`);
  if (!isSignedBy(known, signed, signature)) throw invalid('Couldn’t verify signature of the ID token');
  const audience = [claims.aud ?? []].flat().find(each => known.audiences.includes(each));
  if (audience === undefined) throw invalid('Incorrect token audience');
  if ((claims.exp ?? 0) * 1000 <= now)
    throw new AdminError(
      'ExpiredTokenException',
      `Token expired: current date/time ${Math.floor(now / 1000)}`
    );
  return {
    provider: known.arn,
    context: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: claims.sub ?? '' }
  };
}
