import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Calls } from '../../src/engine/fs/fs-calls';

interface Node {
  readonly ino: bigint;
  readonly folder: boolean;
  bytes: Uint8Array;
  mode: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
}

/** What a process has to pass before each of its calls; one that was killed never does. */
export type Gate = (call: string) => Promise<void>;

const NS_PER_MS = 1_000_000;

/** Whose files they are, and who must be the user of a program that plays with them. */
export const USER = 1000;

/** Without a stack: there are millions of them, and nobody reads one. */
class Refused extends Error {
  constructor(
    readonly code: string,
    path: string
  ) {
    super(`${code}: ${path}`);
  }
}

const refused = (code: string, path: string): Error => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new Refused(code, path);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/**
 * A POSIX file system in memory, as far as the engine uses one: names and files are two things, so that a file that
 * was replaced can still be written by who had it open. No links; one user.
 */
export class MemoryFiles {
  private readonly names = new Map<string, Node>();
  private inodes = 0n;

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {
    this.names.set('/', this.node(true));
  }

  /** The file system as one process sees it. */
  calls(gate: Gate): Calls {
    const step =
      <A extends readonly unknown[], R>(name: string, act: (...args: A) => R) =>
      async (...args: A): Promise<R> => {
        await gate(name);
        return act(...args);
      };
    const calls = {
      open: step('open', (path: string, flags: string | number, mode?: number) =>
        this.handle(this.open(path, flags, mode), gate)
      ),
      rename: step('rename', (from: string, to: string) => this.rename(from, to)),
      unlink: step('unlink', (path: string) => {
        if (this.must(path).folder) {
          throw refused('EISDIR', path);
        }
        this.names.delete(path);
      }),
      mkdir: step('mkdir', (path: string) => void this.make(path, true)),
      rmdir: step('rmdir', (path: string) => {
        if (!this.must(path).folder) {
          throw refused('ENOTDIR', path);
        }
        if (this.list(path).length > 0) {
          throw refused('ENOTEMPTY', path);
        }
        this.names.delete(path);
      }),
      stat: step('stat', (path: string) => this.stat(this.must(path))),
      lstat: step('lstat', (path: string) => this.stat(this.must(path))),
      readlink: step('readlink', (path: string) => {
        throw refused('EINVAL', path);
      }),
      readdir: step('readdir', (path: string) => {
        this.must(path);
        return this.list(path);
      }),
      chmod: step('chmod', (path: string, mode: number) => void (this.must(path).mode = mode)),
      access: step('access', (path: string) => void this.must(path)),
      utimes: step('utimes', (path: string, _: number, mtime: number) => {
        const node = this.must(path);
        node.mtimeNs = BigInt(Math.round(mtime * 1000)) * BigInt(NS_PER_MS);
        node.ctimeNs = this.clock();
      })
    };
    return calls as unknown as Calls;
  }

  read(path: string): string | null {
    const node = this.names.get(path);
    return node && !node.folder ? Buffer.from(node.bytes).toString() : null;
  }

  /** Puts a file there with its folders, as if it had been there for long. */
  put(path: string, text: string): void {
    for (const folder of parents(path)) {
      if (!this.names.has(folder)) {
        this.make(folder, true);
      }
    }
    const node = this.names.get(path) ?? this.make(path, false);
    node.bytes = Buffer.from(text);
    node.mtimeNs -= BigInt(3_600_000 * NS_PER_MS);
  }

  paths(): string[] {
    return [...this.names.keys()];
  }

  private node(folder: boolean): Node {
    const at = this.clock();
    return {
      ino: ++this.inodes,
      folder,
      bytes: new Uint8Array(),
      mode: folder ? 0o700 : 0o600,
      mtimeNs: at,
      ctimeNs: at
    };
  }

  // Two changes within one moment have two stamps, as on a file system with nanoseconds.
  private ticks = 0n;
  private clock(): bigint {
    return BigInt(Math.round(this.now() * NS_PER_MS)) + ++this.ticks;
  }

  private must(path: string): Node {
    const node = this.names.get(path);
    if (!node) {
      throw refused('ENOENT', path);
    }
    return node;
  }

  private make(path: string, folder: boolean): Node {
    if (this.names.has(path)) {
      throw refused('EEXIST', path);
    }
    if (!this.must(dirname(path)).folder) {
      throw refused('ENOTDIR', path);
    }
    const node = this.node(folder);
    this.names.set(path, node);
    return node;
  }

  private list(path: string): string[] {
    const prefix = path === '/' ? '/' : `${path}/`;
    return [...this.names.keys()]
      .filter(name => name.startsWith(prefix) && name !== '/' && !name.slice(prefix.length).includes('/'))
      .map(name => name.slice(prefix.length));
  }

  private rename(from: string, to: string): void {
    const node = this.must(from);
    this.must(dirname(to));
    const there = this.names.get(to);
    if (there?.folder && (!node.folder || this.list(to).length > 0)) {
      throw refused(node.folder ? 'ENOTEMPTY' : 'EISDIR', to);
    }
    if (there && !there.folder && node.folder) {
      throw refused('ENOTDIR', to);
    }
    for (const name of node.folder ? this.paths() : []) {
      if (name.startsWith(`${from}/`)) {
        this.names.set(to + name.slice(from.length), this.names.get(name)!);
        this.names.delete(name);
      }
    }
    this.names.delete(from);
    this.names.set(to, node);
    node.ctimeNs = this.clock();
  }

  private open(path: string, flags: string | number, mode = 0o600): Node {
    const bits = typeof flags === 'number' ? flags : (FLAGS[flags] ?? 0);
    const there = this.names.get(path);
    if (there && bits & constants.O_CREAT && bits & constants.O_EXCL) {
      throw refused('EEXIST', path);
    }
    const node = there ?? (bits & constants.O_CREAT ? this.make(path, false) : this.must(path));
    if (!there) {
      node.mode = mode;
    }
    if (bits & constants.O_TRUNC) {
      this.write(node, new Uint8Array());
    }
    return node;
  }

  private write(node: Node, bytes: Uint8Array): void {
    node.bytes = bytes;
    node.mtimeNs = node.ctimeNs = this.clock();
  }

  private handle(node: Node, gate: Gate) {
    const step =
      <A extends readonly unknown[], R>(name: string, act: (...args: A) => R) =>
      async (...args: A): Promise<R> => {
        await gate(name);
        return act(...args);
      };
    return {
      stat: step('fstat', () => this.stat(node)),
      read: step('read', (into: Uint8Array, offset: number, length: number, position: number) => {
        const part = node.bytes.subarray(position, position + length);
        into.set(part, offset);
        return { bytesRead: part.length, buffer: into };
      }),
      // A process may die between the two halves of a write.
      writeFile: async (bytes: Uint8Array) => {
        await gate('write');
        this.write(node, bytes.slice(0, bytes.length >> 1));
        await gate('write');
        this.write(node, bytes.slice());
      },
      chmod: step('fchmod', (mode: number) => void (node.mode = mode)),
      chown: step('fchown', () => undefined),
      sync: step('fsync', () => undefined),
      close: async () => undefined
    };
  }

  private stat(node: Node): Stats {
    return new Stats(node);
  }
}

/** What `stat` says, with the fields that the engine asks for. */
class Stats {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mode: bigint;
  readonly uid = BigInt(USER);
  readonly gid = BigInt(USER);
  readonly nlink = 1n;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly mtimeMs: number;
  private readonly folder: boolean;

  constructor(node: Node) {
    this.ino = node.ino;
    this.size = BigInt(node.bytes.length);
    this.mode = BigInt(node.mode);
    this.mtimeNs = node.mtimeNs;
    this.ctimeNs = node.ctimeNs;
    this.mtimeMs = Number(node.mtimeNs) / NS_PER_MS;
    this.folder = node.folder;
  }

  isFile(): boolean {
    return !this.folder;
  }

  isDirectory(): boolean {
    return this.folder;
  }

  isSymbolicLink(): boolean {
    return false;
  }
}

const FLAGS: Record<string, number> = {
  r: constants.O_RDONLY,
  w: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
  wx: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
};

function parents(path: string): string[] {
  const found: string[] = [];
  for (let at = dirname(path); at !== '/'; at = dirname(at)) {
    found.unshift(at);
  }
  return found;
}
