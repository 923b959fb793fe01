import type { Trans } from './messages/trans';

/** The nodes of the path picture, in the order in which they are drawn. */
export const NODES = ['notebook', 'dns', 'api', 'iam', 'token', 'repository', 'index'] as const;

export type NodeId = (typeof NODES)[number];

/** Which of the two interface endpoints a check belongs to: `codeartifact.api` or `codeartifact.repositories`. */
export type EndpointSide = 'api' | 'repositories';

/** What a headline names as the place of a failure ("Timeout at the API endpoint"); messages/headlines.ts has the words. */
export type Hop =
  'credentials' | 'resolver' | 'api' | 'token' | 'endpoint' | 'repository' | 'index' | 'files' | 's3';

interface CheckDeclaration {
  /** As the terminal's table and the JSON name it. */
  readonly title: string;
  readonly node: NodeId;
  readonly side: EndpointSide;
  readonly hop: Hop;
  /** May fail without breaking pip, so that it is never the root cause. */
  readonly advisory?: true;
}

const declare = <T extends Readonly<Record<string, CheckDeclaration>>>(checks: T) =>
  checks as { readonly [K in keyof T]: CheckDeclaration };

/**
 * What each check is, in the order in which checks are shown. Ids are part of the JSON contract and stay. What a check
 * needs and does stands in src/engine/diagnosis/checks.
 */
export const CHECKS = declare({
  environment: { title: 'Notebook', node: 'notebook', side: 'api', hop: 'credentials' },
  credentials: { title: 'AWS credentials', node: 'notebook', side: 'api', hop: 'credentials' },
  'dns.api': { title: 'Name of the API endpoint', node: 'dns', side: 'api', hop: 'resolver' },
  'tcp.api': { title: 'Connection to the API endpoint', node: 'api', side: 'api', hop: 'api' },
  'tls.api': { title: 'Certificate of the API endpoint', node: 'api', side: 'api', hop: 'api' },
  'http.api': { title: 'Answer of the API endpoint', node: 'api', side: 'api', hop: 'api' },
  token: { title: 'Authorization token', node: 'token', side: 'api', hop: 'token' },
  endpoint: { title: 'Repository endpoint', node: 'repository', side: 'api', hop: 'endpoint' },
  'dns.repository': {
    title: 'Name of the repository endpoint',
    node: 'repository',
    side: 'repositories',
    hop: 'resolver'
  },
  'tcp.repository': {
    title: 'Connection to the repository endpoint',
    node: 'repository',
    side: 'repositories',
    hop: 'repository'
  },
  'tls.repository': {
    title: 'Certificate of the repository endpoint',
    node: 'repository',
    side: 'repositories',
    hop: 'repository'
  },
  index: { title: 'Package index', node: 'index', side: 'repositories', hop: 'index' },
  tools: { title: 'Package tools', node: 'index', side: 'repositories', hop: 'files' },
  // "An Amazon S3 endpoint is not needed when using Python or Swift package formats"
  // (docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html).
  s3: { title: 'Amazon S3', node: 'index', side: 'api', hop: 's3', advisory: true }
});

export type CheckId = keyof typeof CHECKS;

/** The ids in the order in which they are shown. */
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[] as readonly [CheckId, ...CheckId[]];

/** A node's name on the path. */
export function nodeLabel(trans: Trans, id: NodeId): string {
  switch (id) {
    case 'notebook':
      return trans.__('Notebook');
    case 'dns':
      return trans.__('DNS');
    case 'api':
      return trans.__('API endpoint');
    case 'iam':
      return trans.__('IAM');
    case 'token':
      return trans.__('Token');
    case 'repository':
      return trans.__('Repository endpoint');
    case 'index':
      return trans.__('Index');
  }
}
