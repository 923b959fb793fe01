import type { Emulator } from './contract';
import { jsonAnswer, type Answer } from './http/answer';
import { header, type Call } from './http/call';
import { scenarios } from './scenarios';

function body(call: Call): Record<string, unknown> {
  const value: unknown = call.body.length === 0 ? {} : JSON.parse(call.body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object');
  return value as Record<string, unknown>;
}

/** Addresses, what the world is called, and both environments: the one line that `serve` prints. */
export function describe(emulator: Emulator): Record<string, unknown> {
  const { apiUrl, indexUrl, vpceApiUrl, vpceIndexUrl, controlUrl, instanceUrl, containerUrl } = emulator;
  const { adminUrl, dns, routes, env, adminEnv, world } = emulator;
  return {
    ...{
      apiUrl,
      indexUrl,
      vpceApiUrl,
      vpceIndexUrl,
      controlUrl,
      instanceUrl,
      containerUrl,
      adminUrl,
      dns,
      routes
    },
    scenario: emulator.scenario(),
    account: world.account,
    region: world.region,
    domains: Object.keys(world.domains),
    repositories: Object.keys(world.repositories),
    env,
    adminEnv
  };
}

async function act(emulator: Emulator, call: Call): Promise<unknown> {
  switch (`${call.method} ${call.path}`) {
    case 'GET /':
      return describe(emulator);
    case 'GET /scenarios':
      return Object.fromEntries(Object.entries(scenarios).map(([name, each]) => [name, each.title]));
    case 'PUT /scenario':
      await emulator.setScenario(String(body(call).scenario));
      return { scenario: emulator.scenario() };
    case 'GET /scenario':
      return { scenario: emulator.scenario() };
    case 'POST /world':
      await emulator.patchWorld(body(call));
      return emulator.world;
    case 'GET /world':
      return emulator.world;
    case 'DELETE /log':
      emulator.clearLog();
      return [];
    case 'GET /log':
      return emulator.log;
    case 'POST /age-tokens': {
      const { milliseconds } = body(call);
      if (typeof milliseconds !== 'number') throw new Error('milliseconds must be a number');
      emulator.ageTokens(milliseconds);
      return { minted: emulator.tokensMinted() };
    }
    case 'GET /tokens':
      return { minted: emulator.tokensMinted() };
    default:
      return undefined;
  }
}

/** JSON over HTTP on loopback. A page in a browser must not steer it: no Origin, and a loopback Host. */
export async function serveControl(emulator: Emulator, call: Call): Promise<Answer> {
  if (
    call.headers.has('origin') ||
    !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(header(call, 'host') ?? '')
  ) {
    return jsonAnswer(403, { message: 'the control plane answers local programs only' });
  }
  try {
    const done = await act(emulator, call);
    return done === undefined
      ? jsonAnswer(404, { message: `no such control: ${call.method} ${call.path}` })
      : jsonAnswer(200, done);
  } catch (error) {
    return jsonAnswer(400, { message: (error as Error).message });
  }
}
