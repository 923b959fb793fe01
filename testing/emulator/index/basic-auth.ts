import { serviceTime, type State } from '../world/state';
import type { Token } from '../world/tokens';

/** The token behind `Authorization: Basic`, or npm's `Bearer`, when it is one of ours and still good. */
export function tokenOf(state: State, authorization: string | undefined, npm: boolean): Token | undefined {
  const m = /^(Basic|Bearer) ([A-Za-z0-9+/=._~-]+)$/i.exec(authorization ?? '');
  const isBearer = m !== null && /^bearer$/i.test(m[1]);
  if (m === null || (isBearer && !npm)) return undefined;
  // CodeArtifact looks at the password only; `aws` is what its documentation tells clients to send.
  const token = state.tokens.find(isBearer ? m[2] : passwordOf(m[2]));
  return token !== undefined && token.expiresAt > serviceTime(state) ? token : undefined;
}

function passwordOf(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
