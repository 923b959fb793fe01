import { parseArgs } from 'node:util';
import { describe } from './control';
import { startEmulator, type CredentialSource, type EmulatorOptions } from './emulator';
import { scenarios } from './scenarios';

const usage = `A CodeArtifact and VPC emulator for tests and demonstrations.

  emulator serve [--api-port N] [--index-port N] [--control-port N] [--instance-port N] [--container-port N]
                 [--admin-port N] [--stop-with-stdin] [--scenario NAME] [--credentials environment|instance|container]
                 [--account N] [--region R] [--domain D] [--repository R] [--public-index-base URL]
      Starts it, prints one line of JSON with its addresses and a client's environment, and runs until it is stopped.
  emulator scenario [NAME] [--control URL]
      Shows, or changes, the state that a running emulator is in (CODEARTIFACT_EMULATOR_CONTROL names it too).
  emulator scenarios
      Lists the states.
`;

const ports = [
  'api-port',
  'index-port',
  'control-port',
  'instance-port',
  'container-port',
  'admin-port'
] as const;
const texts = [
  'scenario',
  'credentials',
  'account',
  'region',
  'domain',
  'repository',
  'public-index-base',
  'control'
] as const;

class WrongUsage extends Error {}

function number(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new WrongUsage(`--${name} must be a port number, not ${text}`);
  return Number(text);
}

async function serve(values: Record<string, string | undefined>, stopWithStdin: boolean): Promise<void> {
  const source = values.credentials ?? 'environment';
  if (!['environment', 'instance', 'container'].includes(source)) {
    throw new WrongUsage('--credentials must be environment, instance or container');
  }
  const [apiPort, indexPort, controlPort, instancePort, containerPort, adminPort] = ports.map(name =>
    number(values[name], name)
  );
  const options: EmulatorOptions = {
    apiPort,
    indexPort,
    controlPort,
    instancePort,
    containerPort,
    adminPort,
    scenario: values.scenario,
    credentials: source as CredentialSource,
    account: values.account,
    region: values.region,
    domain: values.domain,
    repository: values.repository,
    publicIndexBase: values['public-index-base']
  };
  const emulator = await startEmulator(options);
  process.stdout.write(`${JSON.stringify({ ...describe(emulator), pid: process.pid })}\n`);
  const stop = (): void => void emulator.close().then(() => process.exit(0));
  if (stopWithStdin) process.stdin.once('end', stop).once('error', stop).resume();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function control(url: string, method: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(new URL('/scenario', url), {
    method,
    body: body === undefined ? undefined : JSON.stringify(body)
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new WrongUsage(String(answer.message));
  return answer;
}

async function main(argv: string[]): Promise<void> {
  const options = {
    ...Object.fromEntries([...ports, ...texts].map(name => [name, { type: 'string' as const }])),
    'stop-with-stdin': { type: 'boolean' as const }
  };
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const { 'stop-with-stdin': stopWithStdin, ...given } = values as Record<string, string | undefined> & {
    'stop-with-stdin'?: boolean;
  };
  const [verb, name] = positionals;
  if (verb === 'serve') return serve(given, stopWithStdin === true);
  if (verb === 'scenarios') {
    const width = Math.max(...Object.keys(scenarios).map(key => key.length));
    for (const [key, each] of Object.entries(scenarios))
      process.stdout.write(`${key.padEnd(width)}  ${each.title}\n`);
    return;
  }
  if (verb === 'scenario') {
    const url = given.control ?? process.env.CODEARTIFACT_EMULATOR_CONTROL;
    if (url === undefined)
      throw new WrongUsage('say which emulator: --control URL or CODEARTIFACT_EMULATOR_CONTROL');
    const answer =
      name === undefined ? await control(url, 'GET') : await control(url, 'PUT', { scenario: name });
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  throw new WrongUsage(usage);
}

main(process.argv.slice(2)).catch((error: Error & { code?: string }) => {
  const wrong = error instanceof WrongUsage || error.code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${wrong ? error.message : error.stack}\n`);
  process.exit(wrong ? 2 : 1);
});
