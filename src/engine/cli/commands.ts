import type { Document } from '../../protocol/document';
import { refusal } from '../connection/answer';
import { connect } from '../connection/connect';
import type { EngineDeps } from '../connection/engine-deps';
import { diagnose } from '../connection/diagnose';
import { disconnect } from '../connection/disconnect';
import { withConnectedTools } from '../connection/login-tools';
import { packages } from '../packages/packages';
import { policy } from './policy';
import { prepare, type Prepared, requireRepository } from '../connection/prepare';
import { preview } from '../connection/preview';
import { refresh } from '../connection/refresh';
import { repositories } from '../packages/repositories';
import { orCurrentConnection } from '../connection/current-connection';
import { status } from '../connection/status';
import type { Command } from './command';
import type { CommandRequest, Commands } from './run';

const NEED_REPOSITORY: readonly Command['verb'][] = ['connect', 'login', 'diagnose'];

/** Each verb of the command line with the work that answers it. */
export function createCommands(deps: EngineDeps): Commands {
  return {
    document: async (command, asked) => {
      const asGiven = prepare(deps, asked.input, command.flags);
      const given = command.verb === 'diagnose' ? await orCurrentConnection(deps, asGiven) : asGiven;
      const prepared = NEED_REPOSITORY.includes(command.verb) ? requireRepository(given) : given;
      if (!prepared.ok) {
        return refusal(prepared.failure, deps.runtime.clock.now());
      }
      const { value } = prepared;
      const work = command.verb === 'login' ? await withConnectedTools(deps, value) : value;
      return document({ ...deps, kernels: asked.input.kernels }, command, work, asked);
    },
    repositories: (command, { input, signal }) =>
      repositories(deps, prepare(deps, input, command.flags), signal),
    packages: async (command, { input, signal }) => {
      const { query, packageName } = command;
      const prepared = await orCurrentConnection(deps, prepare(deps, input, command.flags));
      return packages(deps, prepared, { query, packageName }, signal);
    },
    policy: async (command, { input, signal }) => {
      const prepared = await orCurrentConnection(deps, prepare(deps, input, command.flags));
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
  deps: EngineDeps,
  command: Command,
  prepared: Prepared,
  { onProgress, signal }: CommandRequest
): Promise<Document> {
  switch (command.verb) {
    case 'status':
      return status(deps, prepared);
    case 'diagnose':
      return diagnose(deps, prepared, command.rung, onProgress, signal);
    case 'refresh':
      return refresh(deps, prepared, onProgress, signal);
    case 'disconnect':
      return disconnect(deps, prepared);
    default:
      return command.dryRun
        ? preview(deps, prepared, onProgress, signal)
        : connect(deps, prepared, onProgress, signal);
  }
}
