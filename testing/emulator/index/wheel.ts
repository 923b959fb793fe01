// https://packaging.python.org/en/latest/specifications/binary-distribution-format/
import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';

export interface WheelSource {
  name: string;
  version: string;
  summary: string;
  requires?: string[];
  requiresPython?: string;
  /** Path in the wheel and its text. */
  files: Record<string, string>;
}

export interface BuiltFile {
  filename: string;
  content: Buffer;
  sha256: string;
}

/** The zip format's first day: a wheel of the same source is the same, byte for byte, on every machine. */
const epoch = new Date(1980, 0, 1, 0, 0, 0);

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

export function buildWheel(source: WheelSource): BuiltFile {
  const stem = `${source.name.replace(/-/g, '_')}-${source.version}`;
  const info = `${stem}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${source.name}`,
    `Version: ${source.version}`,
    `Summary: ${source.summary}`,
    ...(source.requiresPython ? [`Requires-Python: ${source.requiresPython}`] : []),
    ...(source.requires ?? []).map(requirement => `Requires-Dist: ${requirement}`),
    ''
  ].join('\n');
  const files: Record<string, string> = {
    ...source.files,
    [`${info}/METADATA`]: metadata,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: emulator\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
  };
  const rows = Object.entries(files).map(([path, text]) => {
    const hash = createHash('sha256').update(text).digest('base64url');
    return `${path},sha256=${hash},${Buffer.byteLength(text)}`;
  });
  files[`${info}/RECORD`] = [...rows, `${info}/RECORD,,`, ''].join('\n');
  const zip: Zippable = {};
  for (const [path, text] of Object.entries(files))
    zip[path] = [Buffer.from(text), { mtime: epoch, os: 3, attrs: 0o644 << 16 }];
  const content = Buffer.from(zipSync(zip, { level: 6 }));
  return { filename: `${stem}-py3-none-any.whl`, content, sha256: sha256(content) };
}
