import { Clipboard } from '@jupyterlab/apputils';

/**
 * Puts a text on the clipboard. The browser's own function needs a secure context, which a JupyterLab behind plain
 * http is not; JupyterLab's function works there too.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    Clipboard.copyToSystem(text);
  }
}

/**
 * A second line of defence for texts that are copied: the engine sends no secret, but a proxy's page or an error of
 * another program might hold one. Patterns: credentials in URLs, AWS keys, JWTs and CodeArtifact tokens, Authorization
 * headers.
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
