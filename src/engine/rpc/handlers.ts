import type { SettingsInput } from '../../protocol/request';
import { CHECK_IDS, type CheckId } from '../../protocol/rung';
import type { Session } from '../connection/session';
import { kernelsIn } from './parse-kernels';
import { type Handlers, InvalidParams } from './serve';

type Params = Readonly<Record<string, unknown>>;

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
  return {
    state: params => session.state(parseInput(params)),
    connect: params => session.connect(parseInput(params), params.automatic === true),
    refresh: params => session.refresh(parseInput(params)),
    disconnect: params => session.disconnect(parseInput(params)),
    diagnose: async params => session.diagnose(parseInput(params), { check: rung(params.rung) }),
    preview: params => session.preview(parseInput(params)),
    cancel: () => session.cancel(),
    repositories: params => lookups.repositories(parseInput(params)),
    packages: params =>
      lookups.packages(parseInput(params), { query: text(params.query), packageName: text(params.package) }),
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

/** The server is trusted, but may be older or newer than we are: what is missing gets its neutral value. */
export function parseInput(params: Params): SettingsInput {
  const table = (value: unknown): Record<string, never> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, never>)
      : {};
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter(v => typeof v === 'string') : [];
  return {
    settings: table(params.settings),
    pins: table(params.pins),
    sources: table(params.sources),
    notes: list(params.notes),
    allowedEndpointHosts: list(params.allowedEndpointHosts),
    dataDir: text(params.dataDir),
    kernels: kernelsIn(params.kernels)
  };
}
