import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_NAME } from '../../src/engine/fs/lock';
import { thisProcess } from '../../src/engine/fs/this-process';
import type { ToolsDeps } from '../../src/engine/tools/tools-deps';
import { configure, type Home, restore, target, TOKEN } from './home-fixture';

/** The files the scenes are about. */
export const WATCHED = ['.netrc', '.config/pip/pip.conf', '.config/uv/uv.toml', '.pypirc'];

const TOOLS = ['pip', 'uv', 'twine'] as const;

/** A moment at which the engine writes: what is done before, and the writing itself. */
export interface Scene {
  readonly name: string;
  readonly before: (home: Home) => Promise<unknown>;
  readonly act: (deps: ToolsDeps) => ReturnType<typeof restore>;
}

const mine = (home: Home) => {
  home.write('.netrc', '# mine\nmachine other login me password pw\n', 0o644);
  home.write('.config/pip/pip.conf', '[global]\r\nindex-url = https://corp/simple\r\ntimeout = 5', 0o640);
  home.write('.pypirc', '[distutils]\nindex-servers = corp\n', 0o600);
};

const connect = (deps: ToolsDeps, token = TOKEN) => configure(deps, target({ tools: TOOLS }, token));

export const SCENES: Scene[] = [
  { name: 'the first Connect in an empty home', before: async () => undefined, act: deps => connect(deps) },
  { name: 'Connect over files of the user', before: async home => mine(home), act: deps => connect(deps) },
  {
    name: 'a renewal',
    before: async home => {
      mine(home);
      await connect(home.deps);
    },
    act: deps => connect(deps, 'renewed')
  },
  {
    name: 'Disconnect',
    before: async home => {
      mine(home);
      await connect(home.deps);
    },
    act: deps => restore(deps)
  }
];

/** Everything in a home that matters: each watched file's bytes and mode, or that it is not there. */
export const look = (home: Home): Record<string, string | null> =>
  Object.fromEntries(
    WATCHED.map(path => [
      path,
      existsSync(home.at(path)) ? `${home.mode(path).toString(8)} ${home.read(path)}` : null
    ])
  );

/** What lies about beside the watched files and in our own folder: names of temporaries of ours. */
export function leftovers(home: Home): string[] {
  const folders = [...new Set(WATCHED.map(path => dirname(home.at(path)))), home.memory];
  return folders
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(path => path.endsWith('.tmp'));
}

export const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Whoever holds the lock has ended, instead of this process, which has come to no end. */
export const letTheHolderEnd = (home: Home): void => {
  const lock = join(home.memory, LOCK_NAME);
  const self = thisProcess().name;
  for (const name of existsSync(lock) ? readdirSync(lock) : []) {
    // Linux has no process of this number: proc_sys_kernel(5), pid_max
    renameSync(join(lock, name), join(lock, name.replace(self, self.replace(/^\d+/, '4194305'))));
  }
};
