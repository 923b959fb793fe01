import type { TlsMode } from '../world/world';
import { createAuthority } from './certificates';
import type { Tls } from './front';

export interface TlsModes {
  /** PEM of the authority that clients are to trust. */
  pem: string;
  of(mode: TlsMode): Tls | undefined;
}

const yearMs = 365 * 86_400_000;

/** One certificate for each way in which a certificate can be wrong, made once for all names. */
export async function createTlsModes(names: string[], now: number): Promise<TlsModes> {
  const authority = await createAuthority('Emulator Test Authority', now);
  const stranger = await createAuthority('Corporate Inspection CA', now);
  const ok = await authority.issue({ names });
  const made: Record<TlsMode, Tls | undefined> = {
    ok,
    expired: await authority.issue({
      names,
      notBefore: new Date(now - yearMs),
      notAfter: new Date(now - yearMs / 12)
    }),
    not_yet_valid: await authority.issue({
      names,
      notBefore: new Date(now + yearMs / 12),
      notAfter: new Date(now + yearMs)
    }),
    wrong_name: await authority.issue({ names: ['portal.corp.example'] }),
    unknown_issuer: await stranger.issue({ names }),
    old_version: { ...ok, maxVersion: 'TLSv1.1' },
    plain: undefined
  };
  return { pem: authority.pem, of: mode => made[mode] };
}
