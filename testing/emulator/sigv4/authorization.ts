import type { Scope } from './signature';

export interface Authorization {
  accessKeyId: string;
  scope: Scope;
  signedHeaders: string[];
  signature: string;
}

/** Reads an `Authorization` header; the list says what is missing, in AWS's words, when it is not whole. */
export function parseAuthorization(text: string): Authorization | { missing: string[] } {
  const parts = new Map<string, string>();
  for (const part of text.slice('AWS4-HMAC-SHA256'.length).split(',')) {
    const mark = part.indexOf('=');
    if (mark > 0) parts.set(part.slice(0, mark).trim(), part.slice(mark + 1).trim());
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter(name => !parts.get(name))
    .map(name => `Authorization header requires '${name}' parameter.`);
  if (missing.length > 0) return { missing };
  const credential = (parts.get('Credential') as string).split('/');
  if (credential.length < 5 || credential.at(-1) !== 'aws4_request') {
    return {
      missing: [
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.`
      ]
    };
  }
  const [day, region, service] = credential.slice(-4);
  return {
    accessKeyId: credential.slice(0, -4).join('/'),
    scope: { day, region, service },
    signedHeaders: (parts.get('SignedHeaders') as string).split(';'),
    signature: parts.get('Signature') as string
  };
}
