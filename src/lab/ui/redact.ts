/**
 * The last net under texts that leave by the clipboard. The engine sends no secret; a proxy's page or
 * an error of somebody else's might hold one. By pattern: credentials in URLs, AWS keys, JWT-like and
 * CodeArtifact tokens, Authorization headers.
 */
const PATTERNS: readonly [RegExp, string][] = [
  [/(https?:\/\/)[^\s/@]+@/gi, '$1***@'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '***'],
  [/\beyJ[\w-]{10,}(?:\.[\w-]+)*/g, '***'],
  [/\b(authorization\s*[:=]\s*)(?:(?:basic|bearer)\s+)?\S+/gi, '$1***'],
  [/\b(aws_secret_access_key|aws_session_token|password|token)(\s*[:=]\s*)\S{8,}/gi, '$1$2***']
];

export const redact = (text: string): string =>
  PATTERNS.reduce((result, [pattern, by]) => result.replace(pattern, by), text);
