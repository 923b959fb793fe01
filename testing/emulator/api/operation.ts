import { refusal, type Asked } from '../policies/authorize';
import type { Route, State } from '../world/state';
import { accessDenied } from './api-error';

export interface Request {
  state: State;
  route: Route;
  /** An administrator's call: every policy allows it. */
  administrator?: boolean;
  query: URLSearchParams;
  /** The JSON body; an empty one is an empty object. */
  input: Record<string, unknown>;
}

/** Answers the operation's output, or throws an ApiError. */
export type Operation = (request: Request) => Record<string, unknown>;

/** Refuses in AWS's words unless the caller's policies and the api endpoint's allow it. */
export function mustBeAllowed(request: Request, asked: Asked): void {
  if (request.administrator) return;
  const { world } = request.state;
  const message = refusal(world, world.endpoints.api, request.route, asked);
  if (message !== undefined) throw accessDenied(message);
}
