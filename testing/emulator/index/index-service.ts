import { header, type Call } from '../http/call';
import { jsonAnswer, type Answer } from '../http/answer';
import { refusal } from '../policies/authorize';
import { packageArn, repositoryArn } from '../world/arns';
import { actingAs } from '../world/acting-as';
import type { Route, State } from '../world/state';
import type { Token } from '../world/tokens';
import { tokenOf } from './basic-auth';
import { serveNpm } from './npm-service';
import { normalizeName } from './package-store';
import { htmlType, jsonType, projectPage, rootPage, wantsJson } from './simple-pages';
import { readUpload } from './upload';

export interface Served {
  answer: Answer;
  /** For the request log. */
  operation: string;
}

const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body
});

interface Target {
  format: string;
  domain?: string;
  owner?: string;
  repository: string;
  rest: string;
}

/** `/pypi/REPO/…`, and `/pypi/d/DOMAIN-OWNER/REPO/…` as the `vpce-` hosts have it; the same with `npm`. */
function target(path: string): Target | undefined {
  const m = /^\/(pypi|npm)\/(?:d\/([a-z][a-z0-9-]*)-(\d{12})\/)?([^/]+)(\/.*)?$/.exec(path);
  return m === null
    ? undefined
    : { format: m[1], domain: m[2], owner: m[3], repository: m[4], rest: m[5] ?? '/' };
}

/** The npm registry as the client of this call reaches it. */
function registryOf(state: State, call: Call, { format, domain, owner, repository }: Target): string {
  const scheme = state.indexBase(domain ?? '', false).split(':')[0];
  const place = domain === undefined ? repository : `d/${domain}-${owner}/${repository}`;
  return `${scheme}://${header(call, 'host')}/${format}/${place}/`;
}

/** A path that is no percent-encoding names nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

function denied(
  state: State,
  route: Route,
  token: Token,
  action: string,
  repository: string,
  resource: string
): Answer | undefined {
  const message = refusal(state.world, state.world.endpoints.repositories, route, {
    action,
    resource,
    owner: token.domainOwner,
    policy: state.world.repositories[repository].policy
  });
  return message === undefined ? undefined : jsonAnswer(403, { message });
}

/** The data plane: simple pages, files and uploads behind Basic `aws:TOKEN`, and npm's registry behind Bearer. */
export function serveIndex(whole: State, route: Route, call: Call): Served {
  const token = tokenOf(whole, header(call, 'authorization'), call.path.startsWith('/npm/'));
  if (token === undefined) {
    const answer = text(
      401,
      'Unauthenticated: Request did not include a valid CodeArtifact authorization token.'
    );
    answer.headers['www-authenticate'] = 'Basic realm="AWS CodeArtifact"';
    return { answer, operation: 'unauthenticated' };
  }
  const state = actingAs(whole, token.accessKeyId);
  const { world, packages } = state;
  const wanted = target(decoded(call.path));
  const repository =
    wanted && Object.hasOwn(world.repositories, wanted.repository) ? wanted.repository : undefined;
  const domain = repository === undefined ? undefined : world.repositories[repository].domain;
  const sameDomain =
    domain === token.domain &&
    (wanted?.domain === undefined || (wanted.domain === domain && wanted.owner === token.domainOwner));
  if (wanted === undefined || repository === undefined || domain === undefined || !sameDomain) {
    return { answer: text(404, 'Not found'), operation: 'unknown' };
  }
  if (wanted.format === 'npm') {
    const { rest } = wanted;
    const base = registryOf(state, call, wanted);
    const arn = repositoryArn(world, token.domainOwner, domain, repository);
    const packages = `${arn.replace(':repository/', ':package/')}/npm/${rest.slice(1)}`;
    const refuse = (action: string): Answer | undefined =>
      denied(state, route, token, action, repository, action.endsWith('PackageVersion') ? packages : arn);
    return serveNpm({ state, call, repository, rest, base, denied: refuse });
  }
  if (call.method === 'POST') {
    const form = readUpload(call);
    if (!('store' in form)) return { answer: form, operation: 'upload' };
    const resource = packageArn(world, token.domainOwner, domain, repository, normalizeName(form.name));
    const refused = denied(state, route, token, 'codeartifact:PublishPackageVersion', repository, resource);
    return { answer: refused ?? form.store(state, repository), operation: 'upload' };
  }
  if (call.method !== 'GET' && call.method !== 'HEAD')
    return { answer: text(405, 'Method not allowed'), operation: 'unknown' };
  const resource = repositoryArn(world, token.domainOwner, domain, repository);
  const refused = denied(state, route, token, 'codeartifact:ReadFromRepository', repository, resource);
  const json = wantsJson(header(call, 'accept'));
  const simple = (body: string): Answer => ({
    status: 200,
    headers: { 'content-type': json ? jsonType : htmlType },
    body
  });
  if (wanted.rest === '/simple/' || wanted.rest === '/simple') {
    return { answer: refused ?? simple(rootPage(packages.names(repository), json)), operation: 'root' };
  }
  const project = /^\/simple\/([^/]+)\/?$/.exec(wanted.rest);
  if (project !== null) {
    const files = packages.visible(world, repository, project[1]);
    const found =
      files.length === 0
        ? text(404, 'Not found')
        : simple(projectPage(normalizeName(project[1]), files, json));
    return { answer: refused ?? found, operation: 'simple' };
  }
  const file = /^\/simple\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(wanted.rest);
  const stored =
    file && packages.visible(world, repository, file[1]).find(other => other.filename === file[3]);
  if (!stored) return { answer: refused ?? text(404, 'Not found'), operation: file ? 'file' : 'unknown' };
  if (refused === undefined && call.method === 'GET') packages.retain(world, repository, stored);
  const content = {
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: stored.content
  };
  return { answer: refused ?? content, operation: 'file' };
}
