import { type SettingsInput, SettingsInputSchema } from '../../protocol/request';
import { CHECK_IDS, type CheckId } from '../../protocol/rung';
import type { Session } from '../connection/session';
import { withPhrases } from '../core/say';
import { type Handlers, InvalidParams } from './serve';

/** What needs no session: lists that leave the connection and its latest result as they are. */
export interface Lookups {
  readonly repositories: (input: SettingsInput) => Promise<unknown>;
  readonly packages: (
    input: SettingsInput,
    asked: { query: string; packageName: string }
  ) => Promise<unknown>;
}

/** The bridge's methods, from what the server sends to what the session takes. */
export function handlersOf(session: Session, lookups: Lookups): Handlers {
  const handlers = plainHandlers(session, lookups);
  return Object.fromEntries(
    Object.entries(handlers).map(([method, handle]) => [
      method,
      (params: Parameters<typeof handle>[0]) => handle(params).then(told)
    ])
  ) as Handlers;
}

/** A page says it in its reader's language. */
const told = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null ? withPhrases(answer) : answer;

function plainHandlers(session: Session, lookups: Lookups): Handlers {
  return {
    state: params => session.state(SettingsInputSchema.parse(params), params.watching === '1'),
    connect: params => session.connect(SettingsInputSchema.parse(params), params.automatic === true),
    refresh: params => session.refresh(SettingsInputSchema.parse(params)),
    disconnect: params => session.disconnect(SettingsInputSchema.parse(params)),
    diagnose: async params =>
      session.diagnose(SettingsInputSchema.parse(params), { check: rung(params.rung) }),
    preview: params => session.preview(SettingsInputSchema.parse(params)),
    cancel: () => session.cancel(),
    repositories: params => lookups.repositories(SettingsInputSchema.parse(params)),
    packages: params =>
      lookups.packages(SettingsInputSchema.parse(params), {
        query: text(params.query),
        packageName: text(params.package)
      }),
    ping: async () => null,
    shutdown: () => session.close()
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function rung(value: unknown): CheckId | undefined {
  const known = CHECK_IDS.find(id => id === value);
  if (value !== undefined && known === undefined) {
    throw new InvalidParams(`There is no such rung. The rungs are ${CHECK_IDS.join(', ')}.`);
  }
  return known;
}
