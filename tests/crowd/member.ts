import type { Outcome } from '../../src/engine/core/failure';
import { currentGeneration } from '../../src/engine/tools/memory';
import { storedToken } from '../../src/engine/tools/stored-token';
import type { ToolsDeps } from '../../src/engine/tools/tools-deps';
import { carryOut, type Intent, type Written } from '../../src/engine/tools/transaction';
import { CLICK, newsSince, RENEWAL, takeTurn } from '../../src/engine/tools/turn';
import { INDEX, target } from '../files/home-fixture';

export type Verb = 'connect' | 'renew' | 'disconnect' | 'status';

interface Minted {
  readonly token: string;
  readonly obtainedAt: number;
  readonly expiresAt: number;
}

/** AWS, and who looks on. */
export interface World {
  mint(deps: ToolsDeps): Promise<Minted>;
  /** Told before AWS is asked for a renewal of what the files said at this generation. */
  asks(basedOn: number): void;
  ended(verb: Intent['kind'], outcome: Outcome<Written>): void;
}

/** One process of a crowd: a server's session or a terminal, without the diagnosis (connection/attempt.ts has it). */
export interface Member {
  act(verb: Verb): Promise<void>;
}

const never = () => new AbortController().signal;

export function createMember(deps: ToolsDeps, world: World): Member {
  /** The generation that it knows of: what it begins is based on it. */
  let known: number | null = null;

  async function write(intent: Intent): Promise<void> {
    const outcome = await carryOut(deps, intent);
    if (outcome.ok) {
      known = outcome.value.record?.generation ?? (await currentGeneration(deps));
    }
    world.ended(intent.kind, outcome);
  }

  async function renew(): Promise<void> {
    const before = known ?? (await currentGeneration(deps));
    const turn = await takeTurn(deps, RENEWAL, never());
    const news = await newsSince(deps, before);
    const basedOn = news.kind === 'record' ? news.generation : before;
    known = basedOn;
    if (news.kind === 'gone' && news.isHalf) {
      await write({ kind: 'disconnect', begun: true });
    }
    const isThere = news.kind === 'gone' || (news.kind === 'record' && news.token !== null);
    if (!isThere && ((await turn.isOurs()) || !(await brought(basedOn)))) {
      world.asks(basedOn);
      await write({ kind: 'renew', basedOn, ...named(await world.mint(deps)) });
    }
    turn.end();
    await turn.ended;
  }

  async function connect(): Promise<void> {
    const basedOn = await currentGeneration(deps);
    const turn = await takeTurn(deps, CLICK, never());
    const minted = (await brought(basedOn)) ?? (await world.mint(deps));
    await write({ kind: 'connect', basedOn, ...named(minted) });
    turn.end();
    await turn.ended;
  }

  async function brought(basedOn: number): Promise<Minted | null> {
    const news = await newsSince(deps, basedOn);
    if (news.kind !== 'record' || !news.token) {
      return null;
    }
    const { obtainedAt, expiresAt } = news.record;
    return { token: news.token.reveal(), obtainedAt, expiresAt };
  }

  return {
    act: async verb => {
      switch (verb) {
        case 'status':
          known = await currentGeneration(deps);
          await storedToken(deps, { indexUrl: INDEX });
          return;
        case 'disconnect':
          return write({ kind: 'disconnect' });
        case 'renew':
          return renew();
        case 'connect':
          return connect();
      }
    }
  };
}

function named({ token, obtainedAt, expiresAt }: Minted) {
  const wanted = target({}, token);
  const { settings, indexUrl } = wanted;
  const { domain, domainOwner, repository, region } = settings;
  const connection = { domain, domainOwner, repository, region, indexUrl, settings, obtainedAt, expiresAt };
  return { target: wanted, connection };
}
