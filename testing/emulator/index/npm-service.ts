// https://docs.aws.amazon.com/codeartifact/latest/ug/npm-commands.html
import { jsonAnswer, type Answer } from '../http/answer';
import type { Call } from '../http/call';
import type { State } from '../world/state';

export interface NpmRequest {
  state: State;
  call: Call;
  repository: string;
  /** The path behind the repository, decoded; begins with `/`. */
  rest: string;
  /** The registry as this client reaches it; ends in `/`. */
  base: string;
  /** Refuses by policy, or lets pass. */
  denied: (action: string) => Answer | undefined;
}

const missing = (): Answer => jsonAnswer(404, { error: 'not found' });

/** One request of npm's format; undefined operations are those that CodeArtifact does not support. */
export function serveNpm({ state, call, repository, rest, base, denied }: NpmRequest): {
  answer: Answer;
  operation: string;
} {
  const { world, npm } = state;
  if (call.method === 'PUT') {
    const body = JSON.parse(call.body.toString('utf8')) as Record<string, unknown>;
    const answer =
      denied('codeartifact:PublishPackageVersion') ??
      (npm.publish(repository, body) ? jsonAnswer(200, {}) : jsonAnswer(409, { error: 'version exists' }));
    return { answer, operation: 'npm-publish' };
  }
  if (call.method !== 'GET' && call.method !== 'HEAD')
    return { answer: missing(), operation: 'npm-unsupported' };
  const refused = denied('codeartifact:ReadFromRepository');
  if (rest === '/-/ping') return { answer: refused ?? jsonAnswer(200, {}), operation: 'npm-ping' };
  if (rest === '/-/whoami')
    return { answer: refused ?? jsonAnswer(200, { username: 'aws' }), operation: 'npm-whoami' };
  const reach = [repository, ...world.repositories[repository].upstreams];
  const tarball = /^\/((?:@[^/]+\/)?[^/]+)\/-\/[^/]*?-(\d[^/]*)\.tgz$/.exec(rest);
  if (tarball !== null) {
    const content = npm.tarball(reach, tarball[1], tarball[2]);
    const file = { status: 200, headers: { 'content-type': 'application/octet-stream' } };
    const found = content && { ...file, body: content };
    return { answer: refused ?? found ?? missing(), operation: 'npm-tarball' };
  }
  const metadata = npm.metadata(reach, rest.slice(1), base);
  return {
    answer: refused ?? (metadata === undefined ? missing() : jsonAnswer(200, metadata)),
    operation: 'npm-metadata'
  };
}
