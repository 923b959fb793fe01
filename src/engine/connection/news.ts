import type { Secret } from '../core/secret/secret';
import type { ConnectionRecord } from '../tools/record';
import { transaction } from '../tools/transaction';
import { newsSince } from '../tools/turn';
import { grantOf, targetOf } from './connection-target';
import { toolsDeps, type EngineDeps } from './engine-deps';
import type { ConnectionTarget, Grant } from './machine/state';
import type { Prepared } from './request';
import { withPins } from './with-pins';

type Based = Prepared & { readonly basedOn: number };

/** A token that another process has brought and that ends sooner than this is not worth taking over. */
const WORTH_TAKING_MS = 60_000;

/**
 * What is left to do of a renewal when its turn has come. Another process may have made it meanwhile: then its token is
 * taken over, unless an administrator has pinned something by now that it did not know; or it has disconnected.
 */
export async function lookFirst(
  deps: EngineDeps,
  asked: Based,
  target: ConnectionTarget
): Promise<
  | { readonly kind: 'due'; readonly prepared: Based }
  | { readonly kind: 'adopted'; readonly grant: Grant; readonly record: ConnectionRecord }
  | { readonly kind: 'gone' }
> {
  const tools = toolsDeps(deps, asked.dataDir);
  const news = await newsSince(tools, asked.basedOn);
  switch (news.kind) {
    case 'none':
      return { kind: 'due', prepared: withPins(asked, target) };
    case 'gone':
      await (news.isHalf && transaction(tools, { kind: 'disconnect', begun: true }));
      return { kind: 'gone' };
    case 'record': {
      const { record, token, generation } = news;
      const grant = grantOf(record, token, deps.hash);
      const prepared = { ...withPins(asked, grant.target), basedOn: generation };
      const now = deps.runtime.clock.now();
      const isDue = now >= Math.min(grant.refreshAt ?? Infinity, grant.expiresAt - WORTH_TAKING_MS);
      if (isDue || !token || !leadsTo(prepared, record)) {
        return { kind: 'due', prepared };
      }
      deps.learn(token);
      return { kind: 'adopted', grant, record };
    }
  }
}

/** The token of another process that was asked for the same a moment ago: two clicks at once make one token. */
export async function tokenOfOthers(
  deps: EngineDeps,
  asked: Based
): Promise<{ readonly token: Secret; readonly expiresAt: number } | null> {
  const news = await newsSince(toolsDeps(deps, asked.dataDir), asked.basedOn);
  if (news.kind !== 'record' || !news.token || !leadsTo(asked, news.record)) {
    return null;
  }
  const { token, record } = news;
  deps.learn(token);
  const isLive = record.expiresAt - deps.runtime.clock.now() > WORTH_TAKING_MS;
  return isLive ? { token, expiresAt: record.expiresAt } : null;
}

/** Whether a connection is what these settings ask for; the Region may have been found in the environment. */
const leadsTo = ({ settings }: Prepared, record: ConnectionRecord): boolean =>
  targetOf(settings, settings.region || record.region).key === targetOf(record.settings, record.region).key;
