import { parseArgs } from 'node:util';
import type { CredentialSource, EmulatorOptions } from './contract';

export const usage = `A CodeArtifact and VPC emulator for tests and demonstrations.

  emulator serve [OPTIONS]
      Starts it, prints one line of JSON with its addresses and a client's environment, and runs until it is stopped.
        --scenario NAME                        the state to start in (ok)
        --credentials environment|instance|container
                                               where the client's credentials come from (environment)
        --account N --domain-owner N --region R --domain D --repository R
        --api-port N --index-port N --vpce-api-port N --vpce-index-port N
        --control-port N --instance-port N --container-port N --admin-port N
                                               a free port each unless told
        --api-address A,B --index-address A,B --vpce-api-address A,B --vpce-index-address A,B
                                               where to listen (127.0.0.1)
        --public-index-base URL                what GetRepositoryEndpoint answers before /pypi/REPO/
        --api-name NAME                        host in the client's AWS_ENDPOINT_URL_CODEARTIFACT
        --ca-file PATH                         serve TLS with generated certificates; the authority is written here
        --dns HOST:PORT                        be the resolver too
        --translate                            AWS's names and the endpoints' own addresses (--api-address and the like)
                                               without a network: a loopback port for each, listed as "routes"
        --stop-with-stdin                      end when standard input ends
  emulator scenario [NAME] [--control URL]
      Shows, or changes, the state that a running emulator is in (CODEARTIFACT_EMULATOR_CONTROL names it too).
  emulator scenarios
      Lists the states.
`;

export class WrongUsage extends Error {}

const ports = [
  'api',
  'index',
  'vpce-api',
  'vpce-index',
  'control',
  'instance',
  'container',
  'admin'
] as const;
const listeners = ['api', 'index', 'vpce-api', 'vpce-index'] as const;
const texts = [
  'scenario', 'credentials', 'account', 'domain-owner', 'region', 'domain', 'repository', 'public-index-base', 'api-name',
  'ca-file', 'dns', 'control'
] as const; // prettier-ignore

export interface Arguments {
  verb: string | undefined;
  /** The scenario after the verb. */
  name: string | undefined;
  control: string | undefined;
  caFile: string | undefined;
  stopWithStdin: boolean;
  options: EmulatorOptions;
}

function portNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new WrongUsage(`--${name} must be a port number, not ${text}`);
}

function source(text: string | undefined): CredentialSource | undefined {
  if (text === undefined || text === 'environment' || text === 'instance' || text === 'container')
    return text;
  throw new WrongUsage(`--credentials must be environment, instance or container, not ${text}`);
}

/** Throws WrongUsage, or parseArgs' own error, for what is not in the usage. */
export function readArguments(argv: string[]): Arguments {
  const names = [...ports.map(name => `${name}-port`), ...listeners.map(name => `${name}-address`), ...texts];
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      ...Object.fromEntries(names.map(name => [name, { type: 'string' as const }])),
      'stop-with-stdin': { type: 'boolean' as const },
      translate: { type: 'boolean' as const },
      help: { type: 'boolean' as const, short: 'h' }
    },
    allowPositionals: true
  });
  const text = (name: string): string | undefined => {
    const value = (values as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  };
  const port = (name: (typeof ports)[number]): number | undefined =>
    portNumber(text(`${name}-port`), `${name}-port`);
  const addresses = (name: (typeof listeners)[number]): string[] | undefined =>
    text(`${name}-address`)?.split(',');
  const dns = /^(.+):(\d{1,5})$/.exec(text('dns') ?? '');
  if (text('dns') !== undefined && dns === null) throw new WrongUsage('--dns must be HOST:PORT');
  const translate = values.translate === true;
  return {
    verb: values.help === true ? 'help' : positionals[0],
    name: positionals[1],
    control: text('control'),
    caFile: text('ca-file'),
    stopWithStdin: values['stop-with-stdin'] === true,
    options: {
      apiPort: port('api'),
      indexPort: port('index'),
      vpceApiPort: port('vpce-api'),
      vpceIndexPort: port('vpce-index'),
      controlPort: port('control'),
      instancePort: port('instance'),
      containerPort: port('container'),
      adminPort: port('admin'),
      apiAddresses: addresses('api'),
      indexAddresses: addresses('index'),
      vpceApiAddresses: addresses('vpce-api'),
      vpceIndexAddresses: addresses('vpce-index'),
      scenario: text('scenario'),
      credentials: source(text('credentials')),
      account: text('account'),
      domainOwner: text('domain-owner'),
      region: text('region'),
      domain: text('domain'),
      repository: text('repository'),
      publicIndexBase: text('public-index-base'),
      apiName: text('api-name'),
      tls: text('ca-file') === undefined ? undefined : 'generate',
      dns: dns === null ? (translate ? {} : undefined) : { host: dns[1], port: Number(dns[2]) },
      translate,
      awsNames: translate
    }
  };
}
