import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createCalls } from '../../src/engine/aws/codeartifact';
import { findCredentials } from '../../src/engine/aws/credentials';
import type { Outcome } from '../../src/engine/core/failure';
import { Secret } from '../../src/engine/core/secret/secret';
import { index } from '../../src/engine/diagnosis/checks/package-index';
import { createNetwork } from '../../src/engine/net/network';
import { nodeRuntime } from '../../src/engine/runtime/node-runtime';
import type { Runtime } from '../../src/engine/runtime/runtime';

/** What a call came to: which attempt was answered, or the verdict. */
export interface Came {
  readonly verdict: string;
  readonly attempts?: number;
}

export interface RetriedCall {
  readonly name: string;
  readonly form: 'codeartifact' | 'sts' | 'sso' | 'metadata' | 'index';
  /** A good answer; `path` tells which of several questions it is. */
  readonly answer: (path: string, response: ServerResponse) => void;
  readonly ask: (url: string) => Promise<Came>;
}

const never = (): AbortSignal => new AbortController().signal;
const later = (): string => new Date(Date.now() + 3_600_000).toISOString();
/** The dice in the middle, so that the table is steady. */
const runtimeOf = (env: Record<string, string>): Runtime => ({
  ...nodeRuntime(() => undefined),
  env,
  home: '/home/me',
  random: () => 0.5
});
const json = (body: unknown) => (_: string, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
const came = (outcome: Outcome<{ readonly attempts?: number }>): Came =>
  outcome.ok
    ? { verdict: 'ok', attempts: outcome.value.attempts ?? 1 }
    : { verdict: `${outcome.failure.verdict} (${outcome.failure.cause})` };

const NAMED = { domain: 'analytics', domainOwner: '111122223333', repository: 'isolatedsm' };

type Calls = ReturnType<typeof createCalls>;
const api = (
  name: string,
  body: unknown,
  ask: (calls: Calls) => Promise<Outcome<{ attempts?: number }>>
): RetriedCall => ({
  name,
  form: 'codeartifact',
  answer: json(body),
  ask: async url =>
    came(
      await ask(
        createCalls({
          runtime: runtimeOf({}),
          region: 'us-east-1',
          endpoint: url,
          endpointType: 'ipv4',
          credentials: {
            source: 'environment variables',
            fingerprint: url,
            provider: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' })
          }
        })
      )
    )
});

async function credentials(env: Record<string, string>, files: Record<string, string> = {}): Promise<Came> {
  const readText = (path: string) => Promise.resolve(files[path] ?? null);
  return came(await findCredentials(runtimeOf(env), { profile: '', region: 'us-east-1', readText }, never()));
}

const sts =
  (operation: string): RetriedCall['answer'] =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${later()}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/Data/s</Arn></AssumedRoleUser></${operation}Result></${operation}Response>`
    );
  };

const CONFIG = '/home/me/.aws/config';
const ROLE = 'arn:aws:iam::111122223333:role/Data';
const keys = () => ({ AccessKeyId: 'ASIA', SecretAccessKey: 's', Token: 't', Expiration: later() });
const CACHE = `/home/me/.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`;

/** Every call to a service outside of this machine. */
export const CALLS: readonly RetriedCall[] = [
  api('GetAuthorizationToken', { authorizationToken: 't', expiration: 1_900_000_000 }, calls =>
    calls.getAuthorizationToken({ ...NAMED, durationSeconds: 900 }, never())
  ),
  api('GetRepositoryEndpoint', { repositoryEndpoint: 'https://x.example/' }, calls =>
    calls.getRepositoryEndpoint(NAMED, never())
  ),
  api('DescribeRepository', { repository: { name: 'isolatedsm', domainName: 'analytics' } }, calls =>
    calls.describeRepository(NAMED, never())
  ),
  api('ListDomains', { domains: [] }, calls => calls.listDomains({}, never())),
  api('ListRepositories', { repositories: [] }, calls => calls.listRepositories({}, never())),
  api('ListRepositoriesInDomain', { repositories: [] }, calls =>
    calls.listRepositoriesInDomain(NAMED, never())
  ),
  api('ListPackages', { packages: [] }, calls =>
    calls.listPackages({ ...NAMED, prefix: '', most: 200 }, never())
  ),
  api('ListPackageVersions', { versions: [] }, calls =>
    calls.listPackageVersions({ ...NAMED, name: 'six', most: 100 }, never())
  ),
  {
    name: 'AWS STS, AssumeRole',
    form: 'sts',
    answer: sts('AssumeRole'),
    ask: url =>
      credentials(
        { AWS_PROFILE: 'data', AWS_ENDPOINT_URL_STS: url },
        {
          [CONFIG]: `[profile data]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n`
        }
      )
  },
  {
    name: 'AWS STS, AssumeRoleWithWebIdentity',
    form: 'sts',
    answer: sts('AssumeRoleWithWebIdentity'),
    ask: url =>
      credentials(
        { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: ROLE, AWS_ENDPOINT_URL_STS: url },
        { '/token': 'jwt' }
      )
  },
  {
    name: 'IAM Identity Center, GetRoleCredentials',
    form: 'sso',
    answer: json({
      roleCredentials: {
        accessKeyId: 'a',
        secretAccessKey: 'b',
        sessionToken: 't',
        expiration: 1_900_000_000_000
      }
    }),
    ask: url =>
      credentials(
        { AWS_PROFILE: 'sso', AWS_ENDPOINT_URL_SSO: url },
        {
          [CONFIG]:
            '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Data\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n',
          [CACHE]: JSON.stringify({ accessToken: 't', expiresAt: later() })
        }
      )
  },
  {
    name: "the container's credentials",
    form: 'metadata',
    answer: (path, response) => json(keys())(path, response),
    ask: url => credentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds` })
  },
  {
    name: 'instance metadata',
    form: 'metadata',
    answer: (path, response) => {
      response.end(
        path.endsWith('/token') ? 'session' : path.endsWith('/') ? 'Data' : JSON.stringify(keys())
      );
    },
    ask: url => credentials({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url })
  },
  {
    name: 'the package index',
    form: 'index',
    answer: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
      response.end('{"meta":{"api-version":"1.0"},"projects":[]}');
    },
    ask: async url => {
      const runtime = runtimeOf({});
      const run = {
        deps: { runtime, network: createNetwork(runtime) },
        request: { settings: { repository: 'isolatedsm' } },
        findings: {
          token: { token: new Secret('t') },
          repository: {
            endpoint: { url: `${url}/pypi/isolatedsm/simple/`, host: '127.0.0.1' },
            address: '127.0.0.1'
          }
        }
      };
      const done = (await index.run(
        run as unknown as Parameters<typeof index.run>[0],
        never()
      )) as unknown as {
        readonly status: string;
        readonly failure?: { readonly verdict: string; readonly cause: string };
        readonly evidence?: { readonly attempts?: number };
      };
      return done.failure
        ? { verdict: `${done.failure.verdict} (${done.failure.cause})` }
        : { verdict: 'ok', attempts: done.evidence?.attempts ?? 1 };
    }
  }
];
