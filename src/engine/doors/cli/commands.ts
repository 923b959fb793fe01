import type { Document } from '../../../protocol/document';
import { refusal } from '../../work/verbs/answer';
import { connect } from '../../work/verbs/connect';
import type { VerbDeps } from '../../work/verbs/deps';
import { diagnose } from '../../work/verbs/diagnose';
import { disconnect } from '../../work/verbs/disconnect';
import { withConnectedTools } from '../../work/verbs/login-tools';
import { packages } from '../../work/verbs/packages';
import { policy } from '../../work/verbs/policy';
import { prepare, type Prepared, requireRepository } from '../../work/verbs/prepare';
import { preview } from '../../work/verbs/preview';
import { refresh } from '../../work/verbs/refresh';
import { repositories } from '../../work/verbs/repositories';
import { orStanding } from '../../work/verbs/standing';
import { status } from '../../work/verbs/status';
import type { Command } from './command';
import type { Asked, Commands } from './run';

const NEED_REPOSITORY: readonly Command['verb'][] = ['connect', 'login', 'diagnose'];

/** Each verb of the command line with the work that answers it. */
export function createCommands(deps: VerbDeps): Commands {
  return {
    document: async (command, asked) => {
      const asGiven = prepare(deps, asked.input, command.flags);
      const given = command.verb === 'diagnose' ? await orStanding(deps, asGiven) : asGiven;
      const prepared = NEED_REPOSITORY.includes(command.verb) ? requireRepository(given) : given;
      if (!prepared.ok) {
        return refusal(prepared.failure, deps.world.clock.now());
      }
      const { value } = prepared;
      const work = command.verb === 'login' ? await withConnectedTools(deps, value) : value;
      return document({ ...deps, kernels: asked.input.kernels }, command, work, asked);
    },
    repositories: (command, { input, signal }) =>
      repositories(deps, prepare(deps, input, command.flags), signal),
    packages: async (command, { input, signal }) => {
      const { query, packageName } = command;
      const prepared = await orStanding(deps, prepare(deps, input, command.flags));
      return packages(deps, prepared, { query, packageName }, signal);
    },
    policy: async (command, { input, signal }) => {
      const prepared = await orStanding(deps, prepare(deps, input, command.flags));
      return policy(
        deps,
        requireRepository(prepared),
        command.policyKind,
        { listing: command.listing },
        signal
      );
    }
  };
}

function document(
  deps: VerbDeps,
  command: Command,
  prepared: Prepared,
  { onRungs, signal }: Asked
): Promise<Document> {
  switch (command.verb) {
    case 'status':
      return status(deps, prepared);
    case 'diagnose':
      return diagnose(deps, prepared, command.rung, onRungs, signal);
    case 'refresh':
      return refresh(deps, prepared, onRungs, signal);
    case 'disconnect':
      return disconnect(deps, prepared);
    default:
      return command.dryRun
        ? preview(deps, prepared, onRungs, signal)
        : connect(deps, prepared, onRungs, signal);
  }
}
