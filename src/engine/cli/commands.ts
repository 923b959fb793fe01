import type { Document } from '../../protocol/document';
import { type EngineDeps } from '../connection/engine-deps';
import { type EngineRequest, orCurrentConnection, prepare } from '../connection/request';
import { createSession, type Session } from '../connection/session';
import { packages } from '../packages/packages';
import { repositories } from '../packages/repositories';
import type { Command } from './command';
import { connectedTools } from './login';
import { partitionOf } from '../core/partition';
import { policy } from './policy';
import type { CommandRequest, Commands } from './run';

/** Each verb of the command line with the code that answers it. */
export function createCommands(deps: EngineDeps): Commands {
  const prepared = (command: Command, { input }: CommandRequest) =>
    orCurrentConnection(deps, prepare(deps, { ...input, flags: command.flags }));
  return {
    document: (command, request) => inSession(deps, command, request),
    repositories: (command, { input, signal }) =>
      repositories(deps, prepare(deps, { ...input, flags: command.flags }), signal),
    packages: async (command, request) => {
      const { query, packageName } = command;
      return packages(deps, await prepared(command, request), { query, packageName }, request.signal);
    },
    policy: async (command, request) => {
      const { region, ...flags } = command.flags;
      const elsewhere = otherPartition(region);
      const asked = elsewhere === undefined ? command : { ...command, flags };
      return policy(deps, await prepared(asked, request), command.policy, request.signal, elsewhere);
    }
  };
}

/** A Region that a policy may be for and no connection: CodeArtifact's own list has those of `aws` only. */
const otherPartition = (region: unknown): string | undefined =>
  typeof region === 'string' && /^[a-z0-9-]{1,32}$/.test(region) && partitionOf(region) !== 'aws'
    ? region
    : undefined;

/** Opens a session as the server has one, asks for one verb and closes it. */
async function inSession(
  deps: EngineDeps,
  command: Command,
  { input, onProgress, signal }: CommandRequest
): Promise<Document> {
  const session: Session = createSession(deps, () => onProgress(session.progress), {
    unattended: false
  });
  const cancel = () => void session.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const tools = command.verb === 'login' ? await connectedTools(deps, input, command.flags) : {};
    return await ask(session, command, { ...input, flags: { ...command.flags, ...tools } }, onProgress);
  } finally {
    signal.removeEventListener('abort', cancel);
    await session.close();
  }
}

function ask(
  session: Session,
  command: Command,
  request: EngineRequest,
  onProgress: CommandRequest['onProgress']
): Promise<Document> {
  switch (command.verb) {
    case 'status':
      return session.state(request);
    case 'diagnose':
      return session.diagnose(request, { check: command.rung, onProgress });
    case 'refresh':
      return session.refresh(request);
    case 'disconnect':
      return session.disconnect(request);
    default:
      return command.dryRun ? session.preview(request) : session.connect(request);
  }
}
