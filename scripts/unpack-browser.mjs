// Unpacks @sparticuz/chromium (npm) into .browser and writes a launcher that finds the libraries
// the package carries for machines without them. Its own arguments are not used: they switch web
// security off.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const home = resolve('.browser');
const bin = join(home, 'node_modules/@sparticuz/chromium/bin');
writeFileSync(join(home, 'chrome'), brotliDecompressSync(readFileSync(join(bin, 'chromium.br'))));
chmodSync(join(home, 'chrome'), 0o755);
for (const pack of ['al2023', 'swiftshader', 'fonts']) {
  const archive = join(bin, `${pack}.tar.br`);
  if (existsSync(archive)) {
    const tar = join(home, `${pack}.tar`);
    writeFileSync(tar, brotliDecompressSync(readFileSync(archive)));
    mkdirSync(join(home, pack), { recursive: true });
    execFileSync('tar', ['-xf', tar, '-C', join(home, pack)]);
    rmSync(tar);
  }
}
for (const library of [
  'libEGL.so',
  'libGLESv2.so',
  'libvk_swiftshader.so',
  'vk_swiftshader_icd.json',
  'libvulkan.so.1'
]) {
  const from = join(home, 'swiftshader', library);
  if (existsSync(from)) {
    copyFileSync(from, join(home, library));
  }
}
const launcher = `#!/bin/sh
here=${JSON.stringify(dirname(join(home, 'chrome')))}
export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/chrome" "$@"
`;
writeFileSync(join(home, 'chromium'), launcher, { mode: 0o755 });
