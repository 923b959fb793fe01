import type { Rung } from '../../../../protocol/rung';
import { climb, type Climb, type ClimbRequest } from '../climb';
import { SETTINGS } from './bench';
import type { FakeWorld } from './fake-deps';

export const request = (more: Partial<ClimbRequest> = {}): ClimbRequest => ({
  settings: SETTINGS,
  allowedEndpointHosts: [],
  mode: 'connect',
  ...more
});

/** Climbs while the clock goes on; fails when anything is still asleep afterwards. */
export async function run(world: FakeWorld, more: Partial<ClimbRequest> = {}, ms = 12_000): Promise<Climb> {
  const running = climb(world.deps, request(more), new AbortController().signal);
  await world.clock.advance(ms);
  const climbed = await running;
  expect(world.clock.sleeping()).toBe(0);
  return climbed;
}

export const find = (rungs: readonly Rung[], id: Rung['id']) => rungs.find(rung => rung.id === id);
