/**
 * Starts the engine (main.cjs, made of main.ts) with the compiled code that an earlier start of the same verb left: V8
 * compiles a function when it is first called, and a connect calls two thousand. `node engine.cjs VERB …`.
 *
 * Node's own compile cache (NODE_COMPILE_CACHE) is taken before anything has run, so it holds none of those functions.
 * What `createCachedData()` gives after the work holds them
 * (https://nodejs.org/api/vm.html#scriptcreatecacheddata).
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** A folder that is the user's alone (code_cache.py): what lies in it is run. */
const VARIABLE = 'JUPYTERLAB_CODEARTIFACT_CODE_CACHE';

/** Code that was kept longer ago, of another build or installation, is removed; two of them may take turns till then. */
const OLD_MS = 7 * 24 * 3_600_000;

/** A server's engine has made its first connect by then, if it makes one soon. */
const SERVED_MS = 60_000;

const CHECKSUM_BYTES = 4;

const folder = process.env[VARIABLE];
// Meant for this process alone: a program of credential_process may be in Node.js, too.
delete process.env[VARIABLE];

const main = join(__dirname, 'main.cjs');
const { size, mtimeMs } = statSync(main);
const [, verb] = /^(?:--)?([a-z]{1,20})$/.exec(process.argv[2] ?? '') ?? [];
const file =
  folder === undefined || verb === undefined || typeof crc32 !== 'function'
    ? undefined
    : join(folder, `${verb}-${size}-${mtimeMs}`);

const cachedData = file === undefined ? undefined : read(file);
// The build makes it ASCII: half of what V8 takes for a text with other letters.
const script = new Script(readFileSync(main, 'latin1'), {
  filename: main,
  ...(cachedData && { cachedData })
});
if (file !== undefined && (cachedData === undefined || script.cachedDataRejected)) {
  if (verb === 'stdio') {
    setTimeout(() => keep(file), SERVED_MS).unref();
  } else {
    // What failed has not run what the next one will.
    process.once('exit', code => code === 0 && keep(file));
  }
}
(script.runInThisContext() as (require: NodeJS.Require) => void)(require);

/** V8 believes what it is given, and dies of a bit that a disk lost: hence the checksum behind it. */
function read(path: string): Buffer | undefined {
  try {
    const kept = readFileSync(path);
    const code = kept.subarray(0, -CHECKSUM_BYTES);
    return crc32(code) === kept.readUInt32LE(code.length) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Another process finds the whole file or none. Where nothing can be written, the next start compiles. */
function keep(path: string): void {
  try {
    const code = script.createCachedData();
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32LE(crc32(code));
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, Buffer.concat([code, checksum]), { mode: 0o600, flag: 'wx' });
    renameSync(fresh, path);
    for (const other of readdirSync(dirname(path)).map(name => join(dirname(path), name))) {
      if (basename(other).startsWith(`${verb}-`) && Date.now() - statSync(other).mtimeMs > OLD_MS) {
        rmSync(other, { force: true });
      }
    }
  } catch {
    // A full disk, a folder that is gone: nothing that a user could want to hear of.
  }
}
