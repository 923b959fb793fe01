import { serviceTime, type State } from '../world/state';
import type { Token } from '../world/tokens';

/** The token behind `Authorization: Basic`, when it is one of ours and still good. */
export function tokenOf(state: State, authorization: string | undefined): Token | undefined {
  const m = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '');
  if (m === null) return undefined;
  const text = Buffer.from(m[1], 'base64').toString('utf8');
  const mark = text.indexOf(':');
  // CodeArtifact looks at the password only; `aws` is what its documentation tells clients to send.
  const token = state.tokens.find(text.slice(mark + 1));
  return token !== undefined && token.expiresAt > serviceTime(state) ? token : undefined;
}
