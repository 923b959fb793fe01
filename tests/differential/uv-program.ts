import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWith } from './judges';

const OWN = join(__dirname, '../../.venv/bin/uv');

/** The uv to ask: the development environment's, else one of its own. */
export const realUv = (): string =>
  existsSync(OWN) ? OWN : pythonWith('environment("uv", "uv")').replace(/python$/, 'uv');
