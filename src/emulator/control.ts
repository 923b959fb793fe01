import { jsonAnswer, type Answer } from './http/answer';
import { header, type Call } from './http/call';
import { scenarios } from './scenarios';

/** What the control plane steers; emulator.ts gives it. */
export interface Controlled {
  scenario(): string;
  setScenario(name: string): Promise<void>;
  world(): unknown;
  patchWorld(patch: unknown): Promise<void>;
  log(): unknown;
  clearLog(): void;
  ageTokens(ms: number): void;
  tokensMinted(): number;
  describe(): unknown;
}

function body(call: Call): Record<string, unknown> {
  const value: unknown = call.body.length === 0 ? {} : JSON.parse(call.body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object');
  return value as Record<string, unknown>;
}

/** JSON over HTTP on loopback. A page in a browser must not steer it: no Origin, and a loopback Host. */
export async function serveControl(controlled: Controlled, call: Call): Promise<Answer> {
  if (
    call.headers.has('origin') ||
    !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(header(call, 'host') ?? '')
  ) {
    return jsonAnswer(403, { message: 'the control plane answers local programs only' });
  }
  try {
    switch (`${call.method} ${call.path}`) {
      case 'GET /':
        return jsonAnswer(200, controlled.describe());
      case 'GET /scenarios':
        return jsonAnswer(
          200,
          Object.fromEntries(Object.entries(scenarios).map(([name, each]) => [name, each.title]))
        );
      case 'PUT /scenario':
        await controlled.setScenario(String(body(call).scenario));
        return jsonAnswer(200, { scenario: controlled.scenario() });
      case 'GET /scenario':
        return jsonAnswer(200, { scenario: controlled.scenario() });
      case 'POST /world':
        await controlled.patchWorld(body(call));
        return jsonAnswer(200, controlled.world());
      case 'GET /world':
        return jsonAnswer(200, controlled.world());
      case 'DELETE /log':
        controlled.clearLog();
        return jsonAnswer(200, []);
      case 'GET /log':
        return jsonAnswer(200, controlled.log());
      case 'POST /age-tokens': {
        const { milliseconds } = body(call);
        if (typeof milliseconds !== 'number') throw new Error('milliseconds must be a number');
        controlled.ageTokens(milliseconds);
        return jsonAnswer(200, { minted: controlled.tokensMinted() });
      }
      case 'GET /tokens':
        return jsonAnswer(200, { minted: controlled.tokensMinted() });
      default:
        return jsonAnswer(404, { message: `no such control: ${call.method} ${call.path}` });
    }
  } catch (error) {
    return jsonAnswer(400, { message: (error as Error).message });
  }
}
