import { randomBytes } from 'node:crypto';

export interface Token {
  domain: string;
  domainOwner: string;
  expiresAt: number;
  /** The key that asked for it: what it may read is what that caller may. */
  accessKeyId: string;
}

export interface TokenStore {
  mint(token: Token): string;
  find(text: string): Token | undefined;
  /** Makes every token this much older. */
  age(ms: number): void;
  minted(): number;
}

/** Real tokens are about 1 kB of a JWT-like text: long enough to find a buffer or column that is too short for one. */
const tokenBytes = 768;

export function createTokenStore(): TokenStore {
  const tokens = new Map<string, Token>();
  return {
    mint(token) {
      const text = 'eyJ2ZXIiOjEsImlzdSI6' + randomBytes(tokenBytes).toString('base64url');
      tokens.set(text, { ...token });
      return text;
    },
    find: text => tokens.get(text),
    age(ms) {
      for (const token of tokens.values()) token.expiresAt -= ms;
    },
    minted: () => tokens.size
  };
}
