import { writeFile } from 'node:fs/promises';
import { readArguments, usage, WrongUsage, type Arguments } from './arguments';
import { describe } from './control';
import { startEmulator } from './emulator';
import { isScenario, scenarios } from './scenarios';

async function serve({ options, caFile, stopWithStdin }: Arguments): Promise<void> {
  if (options.scenario !== undefined && !isScenario(options.scenario)) {
    throw new WrongUsage(`there is no scenario ${options.scenario}; "emulator scenarios" lists them`);
  }
  const emulator = await startEmulator(options);
  if (caFile !== undefined && emulator.caPem !== null) await writeFile(caFile, emulator.caPem);
  process.stdout.write(`${JSON.stringify({ ...describe(emulator), pid: process.pid })}\n`);
  const stop = (): void => void emulator.close().then(() => process.exit(0));
  if (stopWithStdin) process.stdin.once('end', stop).once('error', stop).resume();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function scenario(control: string | undefined, name: string | undefined): Promise<void> {
  const url = control ?? process.env.CODEARTIFACT_EMULATOR_CONTROL;
  if (url === undefined)
    throw new WrongUsage('say which emulator: --control URL or CODEARTIFACT_EMULATOR_CONTROL');
  const change = name === undefined ? {} : { method: 'PUT', body: JSON.stringify({ scenario: name }) };
  const response = await fetch(new URL('/scenario', url), change);
  const answer = (await response.json()) as { message?: string };
  if (!response.ok) throw new WrongUsage(answer.message);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function list(): void {
  const width = Math.max(...Object.keys(scenarios).map(key => key.length));
  const lines = Object.entries(scenarios).map(([key, each]) => `${key.padEnd(width)}  ${each.title}\n`);
  process.stdout.write(lines.join(''));
}

async function main(argv: string[]): Promise<void> {
  const given = readArguments(argv);
  if (given.verb === 'serve') return serve(given);
  if (given.verb === 'scenario') return scenario(given.control, given.name);
  if (given.verb === 'scenarios') return list();
  if (given.verb === 'help') return void process.stdout.write(usage);
  throw new WrongUsage(usage);
}

main(process.argv.slice(2)).catch((error: Error & { code?: string }) => {
  const wrong = error instanceof WrongUsage || error.code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${wrong ? error.message : error.stack}\n`);
  process.exit(wrong ? 2 : 1);
});
